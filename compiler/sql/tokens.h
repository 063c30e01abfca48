// The tokens of SQL text with their byte ranges: where a name ends, where a parenthesis closes. PostgreSQL's
// parser stays the only judge of what they mean (its trees tell where nodes begin, not where they end).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/characters.h"

namespace schemac::sql {

enum class TokenKind : std::uint8_t {
  Word,    // Keyword or bare identifier.
  Quoted,  // "identifier", U&"identifier".
  String,  // '…', E'…', B'…', X'…', N'…', U&'…', $$…$$; pieces joined over line breaks are tokens of their
           // own.
  Number,
  Parameter,  // $1
  Operator,   // +, ->>, ::, :=, =>, <>
  Open,       // ( [
  Close,      // ) ]
  Comma,
  Semicolon,
  Dot,
  Other,  // Anything else; the parser will complain.
};

struct Token {
  TokenKind kind = TokenKind::Other;
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Tokens {
 public:
  // Scans [begin, end) of `source`, which must outlive the tokens. Never fails: what is unterminated runs to
  // the end.
  Tokens(std::string_view source, std::size_t begin, std::size_t end);
  explicit Tokens(std::string_view source) : Tokens(source, 0, source.size()) {}

  [[nodiscard]] std::string_view source() const { return source_; }
  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }
  // Byte ranges of comments, in order.
  [[nodiscard]] const std::vector<Token>& comments() const { return comments_; }
  [[nodiscard]] std::string_view Text(const Token& token) const {
    return {source_.data() + token.begin, token.end - token.begin};
  }
  // The index of the first token that begins at or after `offset`; size() when there is none.
  [[nodiscard]] std::size_t IndexAt(std::size_t offset) const;
  // Whether the token is that keyword, upper or lower case; `keyword` in lower case.
  [[nodiscard]] bool IsWord(std::size_t index, std::string_view keyword) const {
    if (index >= tokens_.size() || tokens_[index].kind != TokenKind::Word) return false;
    const std::string_view text = Text(tokens_[index]);
    if (text.size() != keyword.size()) return false;  // Most words differ in that already.
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (Lower(text[i]) != keyword[i]) return false;
    }
    return true;
  }
  // The index of the Close that matches the Open at `index`; size() when there is none.
  [[nodiscard]] std::size_t MatchingClose(std::size_t index) const;
  // The index of the first token of that keyword at or after `index` outside of parentheses opened after
  // `index`; size() when none.
  [[nodiscard]] std::size_t FindWord(std::size_t index, std::string_view keyword) const;

 private:
  std::string_view source_;
  std::vector<Token> tokens_;
  std::vector<Token> comments_;
};

// How deeply the text nests, by a scan that skips strings and comments.
struct Nesting {
  std::size_t parentheses = 0;  // The deepest level.
  std::size_t comments = 0;     // The deepest level: /* /* … */ */ is two.
  std::size_t chain =
      0;  // The most operators and keywords between two separators: `a + a + a …` nests in the parser.
};
Nesting MeasureNesting(std::string_view text);

}  // namespace schemac::sql
