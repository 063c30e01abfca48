// The canonical layout of a source file: `schemac fmt`.
#pragma once

#include <optional>
#include <string>

#include "compiler/support/diagnostic.h"

namespace schemac {

// The text of the source in canonical layout, comments kept; Format(Format(x)) == Format(x), and both parse
// to the same tree. nullopt, with diagnostics, when the source has syntax errors.
std::optional<std::string> Format(SourceId source, const Sources& sources, DiagnosticSink& sink);

}  // namespace schemac
