#include "compiler/support/quote.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/support/characters.h"
#include "compiler/support/word_index.h"

namespace schemac {

namespace {

constexpr std::array kKeywords{
#define KEYWORD(word) std::string_view{word},
#include "compiler/support/keywords.def"
#undef KEYWORD
};

bool IsBareStart(char byte) { return IsLower(byte) || byte == '_'; }
bool IsBare(char byte) { return IsBareStart(byte) || IsDigit(byte) || byte == '$'; }

void AppendDoubled(std::string& out, std::string_view text, char quote) {
  out += quote;
  for (const char byte : text) {
    if (byte == quote) out += quote;
    out += byte;
  }
  out += quote;
}

}  // namespace

bool IsReservedKeyword(std::string_view word) {
  static const WordIndex kWords({kKeywords.begin(), kKeywords.end()});
  return kWords.Contains(word);
}

void AppendIdentifier(std::string& text, std::string_view name) {
  const bool bare = !name.empty() && IsBareStart(name.front()) &&
                    std::all_of(name.begin(), name.end(), IsBare) && !IsReservedKeyword(name);
  if (bare) {
    text += name;
  } else {
    AppendDoubled(text, name, '"');
  }
}

std::string QuoteIdentifier(std::string_view name) {
  std::string text;
  AppendIdentifier(text, name);
  return text;
}

std::string QuoteQualified(std::string_view schema, std::string_view name) {
  if (schema.empty() || schema == "public") return QuoteIdentifier(name);
  return fmt::format("{}.{}", QuoteIdentifier(schema), QuoteIdentifier(name));
}

std::string QuoteLiteral(std::string_view value) {
  std::string quoted;
  AppendDoubled(quoted, value, '\'');
  if (value.find('\\') == std::string_view::npos) return quoted;
  std::string escaped = "E";
  for (const char byte : quoted) {
    if (byte == '\\') escaped += '\\';
    escaped += byte;
  }
  return escaped;
}

std::string DollarQuote(std::string_view body) {
  std::string tag = "$$";
  // A body that ends in `$` would run into the closing tag.
  for (int number = 0;
       body.find(tag) != std::string_view::npos || (!body.empty() && body.back() == '$' && tag == "$$");
       ++number) {
    tag = number == 0 ? "$body$" : fmt::format("$body{}$", number);
  }
  return fmt::format("{}{}{}", tag, body, tag);
}

std::string_view TruncateIdentifier(std::string_view name) {
  if (name.size() <= kLongestIdentifier) return name;
  std::size_t end = kLongestIdentifier;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return name.substr(0, end);
}

}  // namespace schemac
