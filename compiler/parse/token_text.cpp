#include "compiler/parse/token_text.h"

#include <algorithm>

#include <fmt/format.h>
#include <grammar/SchemaParser.h>

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

// The end of a text with `limit` bytes, not inside a character.
std::size_t CutAt(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text.size();
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  return limit;
}

}  // namespace

Span Input::SpanOf(const antlr4::Token& first, const antlr4::Token& last) const {
  const std::uint32_t begin = map.Byte(first.getStartIndex());
  // The token at the end of the text stops before it starts.
  const std::uint32_t end = map.Byte(last.getStopIndex() + 1);
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
  std::size_t at = map.Byte(token.getStartIndex());
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return EndsAtLine(at);
}

bool Input::AtMargin(const antlr4::Token& token) const { return EndsAtLine(map.Byte(token.getStartIndex())); }

// Lines may be megabytes long: only the byte before is looked at.
bool Input::EndsAtLine(std::size_t at) const {
  return at == map.Byte(0) || text[at - 1] == '\n' || text[at - 1] == '\r';
}

bool IsKeyword(std::size_t type) { return type >= SchemaParser::ACTION && type <= SchemaParser::ZONE; }

bool IsReservedWord(std::size_t type) {
  switch (type) {
    case SchemaParser::ARRAY:
    case SchemaParser::AS:
    case SchemaParser::ASC:
    case SchemaParser::CASE:
    case SchemaParser::CHECK:
    case SchemaParser::COLLATE:
    case SchemaParser::COLUMN:
    case SchemaParser::CONSTRAINT:
    case SchemaParser::DEFAULT:
    case SchemaParser::DEFERRABLE:
    case SchemaParser::DESC:
    case SchemaParser::DISTINCT:
    case SchemaParser::END:
    case SchemaParser::FOR:
    case SchemaParser::FOREIGN:
    case SchemaParser::FROM:
    case SchemaParser::GRANT:
    case SchemaParser::IN:
    case SchemaParser::INITIALLY:
    case SchemaParser::NOT:
    case SchemaParser::NULL_:
    case SchemaParser::ON:
    case SchemaParser::OR:
    case SchemaParser::ORDER:
    case SchemaParser::PRIMARY:
    case SchemaParser::REFERENCES:
    case SchemaParser::SELECT:
    case SchemaParser::TABLE:
    case SchemaParser::TO:
    case SchemaParser::UNIQUE:
    case SchemaParser::USING:
    case SchemaParser::WHERE:
    case SchemaParser::WITH:
      return true;
    default:
      return false;
  }
}

std::string FoldCase(std::string_view text) {
  std::string folded(text);
  std::ranges::transform(folded, folded.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return folded;
}

}  // namespace schemac::parse
