// A file of hostile content through the program itself.
#pragma once

#include <string>

#include "tests/postgres/process.h"

namespace schemac::testing {

// `schemac diff --from empty --to FILE` on a file of that name and text, in the folder; the scripts are
// up.sql and down.sql there. Killed (exit code 137) after what would be far too long.
ProcessResult DiffFromEmpty(const TemporaryFolder& folder, const std::string& name, const std::string& text);

}  // namespace schemac::testing
