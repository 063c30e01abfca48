// Text as lexemes: the tokens that grammar/SchemaLexer.g4 specifies, found by hand, since a lexer that ANTLR
// generates takes longer than everything else together. tests/parse/scanner_test.cpp holds the two against
// each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace schemac::parse {

enum class Channel : std::uint8_t { Default, Comments, Documentation };

// `type` is a token type of SchemaParser, or antlr4::Token::EOF; places are bytes of the text.
struct Lexeme {
  std::size_t type = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  Channel channel = Channel::Default;
};

class Scanner {
 public:
  // `text` is valid UTF-8 without zero bytes and outlives the scanner. Begins at the byte `at`, outside of
  // all items; a byte-order mark at the start of the text is passed over.
  explicit Scanner(std::string_view text, std::size_t at = 0);

  // The next lexeme that is no blank; at the end, and from then on, EOF. A string, name, or comment without
  // an end is UNTERMINATED_QUOTE and reaches as far as it can.
  Lexeme Next();
  // Everything left is passed over: Next gives EOF.
  void Stop() { at_ = text_.size(); }
  // Whether no body and no JSON is open.
  [[nodiscard]] bool IsOutside() const { return bodies_ == 0 && json_depth_ == 0; }

 private:
  [[nodiscard]] char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  // Each moves past one lexeme and gives its type; `channel` is set where it is not the default.
  std::size_t ScanSql(Channel& channel);
  std::size_t ScanWord();
  std::size_t ScanNumber();
  std::size_t ScanDollar();
  std::size_t ScanLineComment(Channel& channel);
  std::size_t ScanBlockComment(Channel& channel);
  std::size_t ScanOperator();
  std::size_t ScanUnknown();
  std::size_t ScanJson();
  // Past a text in quotes that begins `opening` bytes from here; UNTERMINATED_QUOTE when it has no end.
  std::size_t ScanQuoted(std::size_t opening, bool doubled, bool escapes, std::size_t type);
  // JSON stands after `default`, after `backfill`, and as a value in a seed row, always in a body. Outside,
  // `default {` ends the head of a partition.
  void FollowJson(std::size_t type);

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t previous_ = 0;    // The type of the last lexeme on the default channel.
  std::size_t bodies_ = 0;      // Braces open, those of JSON left out.
  std::size_t json_depth_ = 0;  // Brackets and braces open; 0 outside JSON.
};

}  // namespace schemac::parse
