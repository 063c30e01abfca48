// A place in a source as people see it: the line, and carets below.
#pragma once

#include <string>

#include "compiler/support/source.h"

namespace schemac {

struct QuotedLine {
  std::string line;
  std::string caret;
};

// The line that holds the span's first byte, and the carets under the span, cut to a width that fits. Control
// characters are made visible.
QuotedLine QuoteLine(const Sources& sources, const Span& span);

}  // namespace schemac
