// A light scanner over SQL text: enough to see which words, names and strings stand in it. It judges nothing;
// PostgreSQL's parser does that later.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace schemac::analyze {

struct Word {
  enum class Kind { Identifier, Quoted, String, Body, Number, Symbol };
  Kind kind = Kind::Symbol;
  // Identifiers folded to lower case, quoted names and '…' strings without their quotes; a Body ($$…$$, E'…',
  // B'…') keeps its spelling, a Symbol is one character.
  std::string text;
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] bool IsName() const { return kind == Kind::Identifier || kind == Kind::Quoted; }
};

// The words of `sql`, comments and blanks left out. Text that never ends (an open quote) ends with the input.
std::vector<Word> ScanWords(std::string_view sql);

}  // namespace schemac::analyze
