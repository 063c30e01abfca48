// A source as tokens and as ANTLR's tree: the step between text and ast::File, also read by the outline
// (outline.h).
#pragma once

#include <memory>

#include <antlr4-runtime.h>
#include <grammar/SchemaParser.h>

#include "compiler/parse/error_strategy.h"
#include "compiler/parse/token_reader.h"
#include "compiler/parse/token_text.h"
#include "compiler/support/diagnostic.h"

namespace schemac::parse {

class SyntaxTree {
 public:
  // Reports what is wrong. Never throws.
  SyntaxTree(SourceId source, const Sources& sources, DiagnosticSink& sink);

  [[nodiscard]] const Input& input() const { return input_; }
  [[nodiscard]] antlr4::CommonTokenStream& tokens() { return *tokens_; }
  // At most one of the two is there; none when the source is no text, or nested too deeply, to be parsed at
  // all.
  [[nodiscard]] grammar::SchemaParser::ModelContext* model() const { return model_; }
  [[nodiscard]] grammar::SchemaParser::ModelDiffContext* model_diff() const { return model_diff_; }

 private:
  [[nodiscard]] bool Readable(DiagnosticSink& sink) const;
  // False when there are too many tokens to parse; quotes without an end are reported and parsed.
  [[nodiscard]] bool ReportBadTokens(DiagnosticSink& sink) const;
  // The parser descends once for each bracket, brace and CASE: how deep is decided here.
  [[nodiscard]] bool Shallow(DiagnosticSink& sink) const;
  void Run(DiagnosticSink& sink);

  Input input_;
  std::unique_ptr<TokenReader> reader_;
  std::unique_ptr<antlr4::CommonTokenStream> tokens_;
  std::unique_ptr<grammar::SchemaParser> parser_;
  grammar::SchemaParser::ModelContext* model_ = nullptr;
  grammar::SchemaParser::ModelDiffContext* model_diff_ = nullptr;
};

}  // namespace schemac::parse
