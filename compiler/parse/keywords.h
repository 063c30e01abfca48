// The words of the language, in any case. Their list is the grammar's: every token from ACTION to ZONE.
#pragma once

#include <cstddef>
#include <string_view>

namespace schemac::parse {

// The token type of the keyword, or `otherwise` when the word is none.
std::size_t KeywordOr(std::string_view word, std::size_t otherwise);
// Whether the token is one of our keywords.
bool IsKeyword(std::size_t type);
// Whether the token is a keyword that can name nothing unless quoted.
bool IsReservedWord(std::size_t type);

}  // namespace schemac::parse
