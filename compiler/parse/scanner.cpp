#include "compiler/parse/scanner.h"

#include <array>

#include <grammar/SchemaParser.h>

#include "compiler/parse/keywords.h"
#include "compiler/support/characters.h"
#include "compiler/support/utf8.h"

namespace schemac::parse {
namespace {

using P = grammar::SchemaParser;

// What a byte may be. Every byte of a character beyond ASCII is a letter.
enum Class : std::uint8_t {
  kLetter = 1,
  kDigit = 2,
  kBlank = 4,
  kOperator = 8,
  kJsonEnd = 16,
  kJsonBlank = 32,
  kDollar = 64
};

constexpr std::array<std::uint8_t, 256> Classes() {
  std::array<std::uint8_t, 256> classes{};
  const auto mark = [&](std::string_view bytes, Class is) {
    for (const char byte : bytes) classes[static_cast<unsigned char>(byte)] |= is;
  };
  mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", kLetter);
  for (std::size_t byte = 0x80; byte < classes.size(); ++byte) classes[byte] = kLetter;
  mark("0123456789", kDigit);
  mark("$", kDollar);
  mark(" \t\r\n\f\v", kBlank);
  mark("<>=~!@#%^&|`?*+", kOperator);
  mark("{}[]\" \t\r\n", kJsonEnd);
  mark(" \t\r\n", kJsonBlank);
  return classes;
}

constexpr std::array<std::uint8_t, 256> kClasses = Classes();

bool Is(char byte, unsigned classes) { return (kClasses[static_cast<unsigned char>(byte)] & classes) != 0; }

// The first place from `at` on whose byte is of none of the classes.
std::size_t Past(std::string_view text, std::size_t at, unsigned classes) {
  while (at < text.size() && Is(text[at], classes)) ++at;
  return at;
}

// Types of the bytes that are a lexeme by themselves; 0 for all others.
std::size_t Punctuation(char byte) {
  switch (byte) {
    case '(':
      return P::LEFT_PAREN;
    case ')':
      return P::RIGHT_PAREN;
    case '[':
      return P::LEFT_BRACKET;
    case ']':
      return P::RIGHT_BRACKET;
    case '{':
      return P::LEFT_BRACE;
    case '}':
      return P::RIGHT_BRACE;
    case ';':
      return P::SEMICOLON;
    case ',':
      return P::COMMA;
    default:
      return 0;
  }
}

}  // namespace

Scanner::Scanner(std::string_view text, std::size_t at) : text_(text), at_(at) {
  if (at_ == 0 && text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

Lexeme Scanner::Next() {
  at_ = Past(text_, at_, json_depth_ > 0 ? kJsonBlank : kBlank);
  Lexeme lexeme{antlr4::Token::EOF, at_, at_, Channel::Default};
  if (at_ == text_.size()) return lexeme;
  lexeme.type = json_depth_ > 0 ? ScanJson() : ScanSql(lexeme.channel);
  lexeme.end = at_;
  if (lexeme.channel == Channel::Default) {
    FollowJson(lexeme.type);
    previous_ = lexeme.type;
  }
  return lexeme;
}

std::size_t Scanner::ScanSql(Channel& channel) {
  const char first = Peek();
  if (Is(first, kLetter)) return ScanWord();
  if (Is(first, kDigit) || (first == '.' && Is(Peek(1), kDigit))) return ScanNumber();
  if (const std::size_t type = Punctuation(first); type != 0) {
    ++at_;
    return type;
  }
  switch (first) {
    case '\'':
      return ScanQuoted(0, true, false, P::STRING);
    case '"':
      return ScanQuoted(0, true, false, P::QUOTED_IDENTIFIER);
    case '$':
      return ScanDollar();
    case '-':
      if (Peek(1) == '-') return ScanLineComment(channel);
      ++at_;
      return P::MINUS;
    case '/':
      if (Peek(1) == '*') return ScanBlockComment(channel);
      ++at_;
      return P::OPERATOR_CHARACTERS;
    case '.':
      ++at_;
      return P::DOT;
    case ':': {
      const bool cast = Peek(1) == ':';
      at_ += cast ? 2 : 1;
      return cast ? P::CAST : P::COLON;
    }
    default:
      return Is(first, kOperator) ? ScanOperator() : ScanUnknown();
  }
}

// A letter may begin a string too: `E'…'`, `b'…'`, `U&"…"`.
std::size_t Scanner::ScanWord() {
  const char first = Peek();
  const std::size_t opening = Lower(first) == 'u' && Peek(1) == '&' ? 2 : 1;
  if (Peek(opening) == '\'') {
    if (Lower(first) == 'e') return ScanQuoted(opening, true, true, P::ESCAPE_STRING);
    const bool other = Lower(first) == 'b' || Lower(first) == 'x' || Lower(first) == 'n' || opening == 2;
    if (other) return ScanQuoted(opening, true, false, P::OTHER_STRING);
  }
  if (opening == 2 && Peek(opening) == '"') return ScanQuoted(opening, true, false, P::UNICODE_IDENTIFIER);
  const std::size_t begin = at_;
  at_ = Past(text_, at_, kLetter | kDigit | kDollar);
  return KeywordOr(text_.substr(begin, at_ - begin), P::IDENTIFIER);
}

// The longer of a number and of a word that begins with a digit, as the id of a revision may.
std::size_t Scanner::ScanNumber() {
  std::size_t number = Past(text_, at_, kDigit);
  if (number < text_.size() && text_[number] == '.') number = Past(text_, number + 1, kDigit);
  if (number < text_.size() && Lower(text_[number]) == 'e') {
    std::size_t digits = number + 1;
    if (digits < text_.size() && (text_[digits] == '+' || text_[digits] == '-')) ++digits;
    if (const std::size_t end = Past(text_, digits, kDigit); end > digits) number = end;
  }
  const std::size_t word = Past(text_, at_, kLetter | kDigit);
  at_ = word > number ? word : number;
  return word > number ? P::NUMBER_WORD : P::NUMBER;
}

std::size_t Scanner::ScanDollar() {
  const std::size_t begin = at_;
  if (Is(Peek(1), kDigit)) {
    at_ = Past(text_, at_ + 1, kDigit);
    return P::PARAMETER;
  }
  const std::size_t tag_end = Past(text_, begin + 1, kLetter | kDigit);
  if (tag_end == text_.size() || text_[tag_end] != '$') return ScanUnknown();
  const std::string_view tag = text_.substr(begin, tag_end + 1 - begin);
  const std::size_t partner = text_.find(tag, tag_end + 1);
  at_ = partner == std::string_view::npos ? text_.size() : partner + tag.size();
  return partner == std::string_view::npos ? P::UNTERMINATED_QUOTE : P::DOLLAR_STRING;
}

// Three dashes and no fourth make documentation.
std::size_t Scanner::ScanLineComment(Channel& channel) {
  const bool documentation = Peek(2) == '-' && Peek(3) != '-';
  const std::size_t end = text_.find_first_of("\r\n", at_);
  at_ = end == std::string_view::npos ? text_.size() : end;
  channel = documentation ? Channel::Documentation : Channel::Comments;
  return documentation ? P::DOCUMENTATION_LINE : P::LINE_COMMENT;
}

// Comments nest, as PostgreSQL's do.
std::size_t Scanner::ScanBlockComment(Channel& channel) {
  at_ += 2;
  for (std::size_t depth = 1; depth > 0;) {
    at_ = text_.find_first_of("/*", at_);
    if (at_ == std::string_view::npos) {
      at_ = text_.size();
      return P::UNTERMINATED_QUOTE;
    }
    const bool opens = Peek() == '/' && Peek(1) == '*';
    const bool closes = Peek() == '*' && Peek(1) == '/';
    if (opens) ++depth;
    if (closes) --depth;
    at_ += opens || closes ? 2 : 1;
  }
  channel = Channel::Comments;
  return P::BLOCK_COMMENT;
}

std::size_t Scanner::ScanOperator() {
  const std::size_t begin = at_;
  at_ = Past(text_, at_, kOperator);
  if (at_ - begin > 1) return P::OPERATOR_CHARACTERS;
  return text_[begin] == '=' ? P::EQUAL : text_[begin] == '+' ? P::PLUS : P::OPERATOR_CHARACTERS;
}

std::size_t Scanner::ScanUnknown() {
  ++at_;
  return P::UNKNOWN_CHARACTER;
}

std::size_t Scanner::ScanQuoted(std::size_t opening, bool doubled, bool escapes, std::size_t type) {
  at_ += opening;
  const char quote = Peek();
  for (++at_; at_ < text_.size(); ++at_) {
    if (escapes && Peek() == '\\') {
      if (at_ + 1 == text_.size()) return P::UNTERMINATED_QUOTE;
      ++at_;
    } else if (Peek() == quote) {
      if (!doubled || Peek(1) != quote) {
        ++at_;
        return type;
      }
      ++at_;
    }
  }
  return P::UNTERMINATED_QUOTE;
}

std::size_t Scanner::ScanJson() {
  const char first = Peek();
  if (first == '"') return ScanQuoted(0, false, true, P::JSON_STRING);
  if (Is(first, kJsonEnd)) {
    ++at_;
    return Punctuation(first);
  }
  while (at_ < text_.size() && !Is(text_[at_], kJsonEnd)) ++at_;
  return P::JSON_OTHER;
}

void Scanner::FollowJson(std::size_t type) {
  const bool opens = type == P::LEFT_BRACE || type == P::LEFT_BRACKET;
  const bool closes = type == P::RIGHT_BRACE || type == P::RIGHT_BRACKET;
  if (json_depth_ > 0) {
    if (opens) ++json_depth_;
    if (closes) --json_depth_;
    return;
  }
  const bool expected = previous_ == P::DEFAULT || previous_ == P::BACKFILL || previous_ == P::COLON;
  if (opens && expected && bodies_ > 0) {
    json_depth_ = 1;
    return;
  }
  if (type == P::LEFT_BRACE) ++bodies_;
  if (type == P::RIGHT_BRACE && bodies_ > 0) --bodies_;
}

}  // namespace schemac::parse
