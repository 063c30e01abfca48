// Bare JSON of the model: checked as JSON, brought to one line.
#pragma once

#include <string>
#include <string_view>

#include "compiler/support/error_or.h"

namespace schemac::analyze {

// The author's spelling on one line: blanks between tokens that hold a line feed become one blank, or none
// beside a bracket. Fails, with the offset into `text`, when it is no JSON, or holds what a jsonb value
// cannot (\u0000).
ErrorOr<std::string> CompactJson(std::string_view text);

}  // namespace schemac::analyze
