// What the parser does when the text fits no rule: one diagnostic for people, then on with the next member or
// item.
//
// An error leaves all the rules up to the nearest recovery unit (a member of a table, an item of a file, …),
// whose rest is skipped up to its `;` or its closing brace.
#pragma once

#include <exception>
#include <string>

#include <antlr4-runtime.h>

#include "compiler/parse/token_text.h"
#include "compiler/support/diagnostic.h"

namespace schemac::parse {

// Thrown (and caught in Parse()) when a file has more errors than anybody reads.
struct TooManyErrors : antlr4::ParseCancellationException {};

class ErrorStrategy : public antlr4::DefaultErrorStrategy {
 public:
  ErrorStrategy(const Input& input, DiagnosticSink& sink) : input_(input), sink_(sink) {}

  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void sync(antlr4::Parser* parser) override;

 private:
  void Report(Diagnostic diagnostic);
  // Skips from the current token to behind the end of the unit that began at token `begin`.
  void SkipUnit(antlr4::Parser& parser, std::size_t begin);

  void SkipTableHead(antlr4::TokenStream& tokens, std::size_t begin);

  const Input& input_;
  DiagnosticSink& sink_;
  std::size_t reported_ = 0;
  // The first token of a line before which a semicolon is missing: the unit ends there, and nothing is
  // skipped.
  const antlr4::Token* next_unit_ = nullptr;
};

}  // namespace schemac::parse
