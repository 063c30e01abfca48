// The tokens as grammar/SchemaLexer.g4 specifies them, read by the lexer that ANTLR generates from it: what
// the scanner is held against. Dollar strings, block comments and JSON have ends that no regular language
// tells; they are found here.
#pragma once

#include <memory>

#include <antlr4-runtime.h>
#include <grammar/SchemaLexer.h>

namespace schemac::parse {

class ReferenceLexer : public grammar::SchemaLexer {
 public:
  explicit ReferenceLexer(antlr4::CharStream* input);

  // A dollar string or block comment without an end reaches to the end of the text, as a token
  // UNTERMINATED_QUOTE.
  std::unique_ptr<antlr4::Token> nextToken() override;

 private:
  // Both move the input past the end of the token; false when there is no end.
  bool FinishDollarString(const antlr4::Token& begin);
  bool FinishBlockComment();
  void FollowJson(std::size_t kind);

  std::size_t previous_ = antlr4::Token::INVALID_TYPE;  // The token before, blanks and comments left out.
  std::size_t bodies_ = 0;                              // Braces open, those of JSON left out.
  std::size_t json_depth_ = 0;                          // Brackets and braces open; 0 outside JSON.
};

}  // namespace schemac::parse
