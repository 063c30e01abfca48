// Where the words, names and strings of an SQL text begin and end (PostgreSQL manual, 4.1), for splicing
// renamed names into it. Nothing here judges SQL: that is compiler/sql.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace schemac::schema {

enum class WordKind : std::uint8_t {
  Plain,   // Keywords, bare identifiers.
  Quoted,  // "identifier".
  Text,    // '…', E'…', $tag$…$tag$.
  Number,
  Symbol,  // One character; `::` is one symbol too.
};

struct Word {
  WordKind kind = WordKind::Symbol;
  std::uint32_t begin = 0;  // Byte offsets.
  std::uint32_t end = 0;
  [[nodiscard]] std::string_view In(std::string_view text) const { return text.substr(begin, end - begin); }
};

// Blanks and comments are left out. An unfinished string or comment ends with the text.
std::vector<Word> SplitWords(std::string_view text);

// Whether the word is that keyword, in any case. `keyword` is lower case.
bool IsKeyword(const Word& word, std::string_view text, std::string_view keyword);

}  // namespace schemac::schema
