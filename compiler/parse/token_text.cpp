#include "compiler/parse/token_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/support/utf8.h"

namespace schemac::parse {
namespace {

// The end of a text with `limit` bytes, not inside a character.
std::size_t CutAt(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text.size();
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  return limit;
}

}  // namespace

Span Input::SpanOf(const antlr4::Token& first, const antlr4::Token& last) const {
  const auto begin = static_cast<std::uint32_t>(first.getStartIndex());
  // The token at the end of the text stops before it starts.
  const auto end = static_cast<std::uint32_t>(last.getStopIndex() + 1);
  return {source, begin, std::max(begin, end)};
}

std::string_view Input::TextOf(const antlr4::Token& token) const {
  if (token.getType() == antlr4::Token::EOF) return {};
  const Span span = SpanOf(token);
  return text.substr(span.begin, span.end - span.begin);
}

std::string Input::Shown(const antlr4::Token& token) const {
  if (token.getType() == antlr4::Token::EOF) return "the end of the file";
  constexpr std::size_t kLongest = 40;
  std::string_view shown = TextOf(token);
  const std::size_t line = shown.find_first_of("\r\n");
  const std::size_t cut = std::min(line, CutAt(shown, kLongest));
  if (cut >= shown.size()) return fmt::format("\"{}\"", shown);
  return fmt::format("\"{}…\"", shown.substr(0, cut));
}

bool Input::BeginsLine(const antlr4::Token& token) const {
  std::size_t at = token.getStartIndex();
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return EndsAtLine(at);
}

bool Input::AtMargin(const antlr4::Token& token) const { return EndsAtLine(token.getStartIndex()); }

// Lines may be megabytes long: only the byte before is looked at.
bool Input::EndsAtLine(std::size_t at) const {
  return at == (text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0) || text[at - 1] == '\n' ||
         text[at - 1] == '\r';
}

}  // namespace schemac::parse
