// The first lines of a script: for a reviewer with thirty seconds.
#pragma once

#include <string>
#include <string_view>

#include "compiler/plan/step.h"
#include "emitters/layouts/script_file.h"

namespace schemac::emitters {

// What stands before the checksum.
inline constexpr std::string_view kChecksumLabel = "checksum: ";

// Title, direction, locks, data and checksum, as `-- …` lines with their line feeds.
std::string ScriptHeader(const plan::Plan& plan, const ScriptOptions& options);

// Each line of the text as `-- line`. Whatever ends a comment for PostgreSQL ends a line here.
std::string CommentLines(std::string_view text);

}  // namespace schemac::emitters
