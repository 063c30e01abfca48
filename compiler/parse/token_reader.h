// The generated lexer, completed by what no regular language can say: dollar strings, nested comments, and
// where JSON begins.
#pragma once

#include <memory>

#include <antlr4-runtime.h>
#include <grammar/SchemaLexer.h>

namespace schemac::parse {

class TokenReader : public grammar::SchemaLexer {
 public:
  // A model of 10,000 tables has about a million; the limit keeps the memory of hostile input in bounds.
  static constexpr std::size_t kMostTokens = 5'000'000;

  explicit TokenReader(antlr4::CharStream* input);

  // A dollar string or block comment without an end reaches to the end of the text, as a token
  // UNTERMINATED_QUOTE.
  std::unique_ptr<antlr4::Token> nextToken() override;

  // Whether reading stopped at kMostTokens.
  [[nodiscard]] bool overflowed() const { return tokens_ > kMostTokens; }

 private:
  // Both move the input past the end of the token; false when there is no end.
  bool FinishDollarString(const antlr4::Token& begin);
  bool FinishBlockComment();
  void FollowJson(std::size_t kind);

  std::size_t tokens_ = 0;
  std::size_t previous_ = antlr4::Token::INVALID_TYPE;  // The token before, blanks and comments left out.
  std::size_t bodies_ = 0;                              // Braces open, those of JSON left out.
  std::size_t json_depth_ = 0;                          // Brackets and braces open; 0 outside JSON.
};

}  // namespace schemac::parse
