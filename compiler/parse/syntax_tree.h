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
  // Finds the tokens. Nothing here throws; what is wrong is reported to the sink, which must live as long.
  SyntaxTree(SourceId source, const Sources& sources, DiagnosticSink& sink);

  // For one item of a source that has been looked at (source_check.h): the tokens from the byte `begin` on
  // are found as they are asked for.
  SyntaxTree(SourceId source, const Sources& sources, DiagnosticSink& sink, std::size_t begin);

  // Parses the file.
  void ReadAll();
  // Parses the item of a model that comes next. nullptr when nothing can be parsed, or a token is not fit to
  // be; what it returns after an error may be anything.
  grammar::SchemaParser::ItemContext* ReadItem();
  // The same for a model diff.
  grammar::SchemaParser::DiffItemContext* ReadDiffItem();
  // Where the last token ends that was parsed.
  [[nodiscard]] std::size_t End() const;

  [[nodiscard]] const Input& input() const { return input_; }
  [[nodiscard]] antlr4::CommonTokenStream& tokens() { return *tokens_; }
  // After ReadAll. At most one of the two is there; none when the source is no text, or nested too deeply, to
  // be parsed at all.
  [[nodiscard]] grammar::SchemaParser::ModelContext* model() const { return model_; }
  [[nodiscard]] grammar::SchemaParser::ModelDiffContext* model_diff() const { return model_diff_; }

 private:
  // False when there are too many tokens to parse; quotes without an end are reported and parsed.
  [[nodiscard]] bool ReportBadTokens(DiagnosticSink& sink) const;
  [[nodiscard]] bool Shallow(DiagnosticSink& sink) const;
  void MakeParser(DiagnosticSink& sink);
  template <typename RuleContext>
  RuleContext* ReadRule(RuleContext* (grammar::SchemaParser::*rule)());

  Input input_;
  std::unique_ptr<TokenReader> reader_;
  std::unique_ptr<antlr4::CommonTokenStream> tokens_;
  std::unique_ptr<grammar::SchemaParser> parser_;
  grammar::SchemaParser::ModelContext* model_ = nullptr;
  grammar::SchemaParser::ModelDiffContext* model_diff_ = nullptr;
};

}  // namespace schemac::parse
