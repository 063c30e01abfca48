// The scanner's lexemes as the tokens that ANTLR's parser reads.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <antlr4-runtime.h>

#include "compiler/parse/scanner.h"
#include "compiler/parse/source_check.h"

namespace schemac::parse {

class TokenReader final : public antlr4::TokenSource {
 public:
  // A model of 10,000 tables has about a million; the limit keeps the memory of hostile input in bounds.
  static constexpr std::size_t kMostTokens = 5'000'000;

  // As Scanner: `text` outlives the reader and its tokens.
  explicit TokenReader(std::string_view text, std::size_t at = 0) : text_(text), scanner_(text, at) {}

  // Start and stop of a token are bytes of the text, both inclusive; the token at the end stops before it
  // starts. Lines are counted by whoever prints a place (compiler/support/source.h), so that tokens have
  // none.
  std::unique_ptr<antlr4::Token> nextToken() override;

  // Whether reading stopped at kMostTokens.
  [[nodiscard]] bool overflowed() const { return tokens_ > kMostTokens; }
  // Whether the tokens found so far can be parsed: every quote has an end, and none is too deep.
  [[nodiscard]] bool is_fit() const { return is_fit_; }
  [[nodiscard]] std::string_view text() const { return text_; }

  [[nodiscard]] std::size_t getLine() const override { return 0; }
  std::size_t getCharPositionInLine() override { return 0; }
  antlr4::CharStream* getInputStream() override { return nullptr; }
  std::string getSourceName() override { return {}; }
  antlr4::TokenFactory<antlr4::CommonToken>* getTokenFactory() override {
    return antlr4::CommonTokenFactory::DEFAULT.get();
  }

 private:
  std::string_view text_;
  Scanner scanner_;
  std::size_t tokens_ = 0;
  Depth depth_;
  bool is_fit_ = true;
};

}  // namespace schemac::parse
