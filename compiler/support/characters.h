// Bytes of SQL and of models as PostgreSQL's scanner classes them (src/backend/parser/scan.l): ASCII letters,
// and every byte of a character beyond ASCII may stand in a word. No locale has a say.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace schemac {

constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLetter(char c) { return IsLower(c) || IsUpper(c); }
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool IsWordStart(char c) {
  return IsLetter(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// Which bytes stand inside of words: asked for every byte that a scanner reads.
inline constexpr auto kWordParts = [] {
  std::array<bool, 256> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char c = static_cast<char>(i);
    parts[i] = IsWordStart(c) || IsDigit(c) || c == '$';
  }
  return parts;
}();
constexpr bool IsWordPart(char c) { return kWordParts[static_cast<unsigned char>(c)]; }

// ASCII only, as PostgreSQL folds words in UTF-8 databases.
constexpr char Lower(char c) { return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char Upper(char c) { return IsLower(c) ? static_cast<char>(c - 'a' + 'A') : c; }
std::string Lower(std::string_view text);
std::string Upper(std::string_view text);

}  // namespace schemac
