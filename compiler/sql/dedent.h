// The layout of statements that their author wrote somewhere deeper in a file.
#pragma once

#include <string>
#include <string_view>

namespace schemac::sql {

// Trimmed, and without the blanks that all lines begin with. Lines that begin inside a string or another
// token stay as they are: their blanks mean something.
std::string Dedented(std::string_view statements);

}  // namespace schemac::sql
