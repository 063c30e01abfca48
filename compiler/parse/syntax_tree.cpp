#include "compiler/parse/syntax_tree.h"

#include <fmt/format.h>

#include "compiler/parse/source_check.h"

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

}  // namespace

SyntaxTree::SyntaxTree(SourceId source, const Sources& sources, DiagnosticSink& sink)
    : input_{source, sources.Get(source).text} {
  if (auto wrong = WhatIsWrongWith(source, input_.text)) {
    sink.Report(*std::move(wrong));
    return;
  }
  reader_ = std::make_unique<TokenReader>(input_.text);
  tokens_ = std::make_unique<antlr4::CommonTokenStream>(reader_.get());
  tokens_->fill();
  if (ReportBadTokens(sink) && Shallow(sink)) MakeParser(sink);
}

SyntaxTree::SyntaxTree(SourceId source, const Sources& sources, DiagnosticSink& sink, std::size_t begin)
    : input_{source, sources.Get(source).text},
      reader_(std::make_unique<TokenReader>(input_.text, begin)),
      tokens_(std::make_unique<antlr4::CommonTokenStream>(reader_.get())) {
  MakeParser(sink);
}

bool SyntaxTree::ReportBadTokens(DiagnosticSink& sink) const {
  if (reader_->overflowed()) {
    sink.Report(Diagnostic(DiagnosticKind::SyntaxError, {input_.source, 0, 0},
                           fmt::format("the source has more than {} tokens", TokenReader::kMostTokens)));
    return false;
  }
  for (std::size_t index = 0; index < tokens_->size(); ++index) {
    const antlr4::Token& token = *tokens_->get(index);
    if (token.getType() != SchemaParser::UNTERMINATED_QUOTE) continue;
    const Span span = input_.SpanOf(token);
    const std::string_view rest = input_.text.substr(span.begin);
    const std::string_view what = rest.starts_with("/*")  ? "comment"
                                  : rest.starts_with('"') ? "name"
                                                          : "string";
    sink.Report(Diagnostic(DiagnosticKind::SyntaxError, {span.source, span.begin, span.begin + 1},
                           fmt::format("the {} that begins here has no end", what)));
  }
  return true;
}

bool SyntaxTree::Shallow(DiagnosticSink& sink) const {
  Depth depth;
  for (std::size_t index = 0; index < tokens_->size(); ++index) {
    const antlr4::Token& token = *tokens_->get(index);
    if (depth.Enter(token.getType())) continue;
    sink.Report(Diagnostic(DiagnosticKind::SyntaxError, input_.SpanOf(token),
                           fmt::format("nested more than {} deep", kDeepestNesting)));
    return false;
  }
  return true;
}

void SyntaxTree::MakeParser(DiagnosticSink& sink) {
  parser_ = std::make_unique<SchemaParser>(tokens_.get());
  parser_->removeErrorListeners();
  parser_->setErrorHandler(std::make_shared<ErrorStrategy>(input_, sink));
  parser_->getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      antlr4::atn::PredictionMode::SLL);
}

void SyntaxTree::ReadAll() {
  if (!parser_) return;
  try {
    if (tokens_->LA(1) == SchemaParser::REVISION) {
      model_diff_ = parser_->modelDiff();
    } else {
      model_ = parser_->model();
    }
  } catch (const TooManyErrors&) {
    // What was read up to here is lost: nobody builds on a file with so many errors.
  }
}

template <typename RuleContext>
RuleContext* SyntaxTree::ReadRule(RuleContext* (SchemaParser::*rule)()) {
  if (!parser_) return nullptr;
  try {
    RuleContext* read = (parser_.get()->*rule)();
    return reader_->is_fit() ? read : nullptr;
  } catch (const TooManyErrors&) {
    return nullptr;
  }
}

SchemaParser::ItemContext* SyntaxTree::ReadItem() { return ReadRule(&SchemaParser::item); }

SchemaParser::DiffItemContext* SyntaxTree::ReadDiffItem() { return ReadRule(&SchemaParser::diffItem); }

std::size_t SyntaxTree::End() const { return input_.SpanOf(*tokens_->LT(-1)).end; }

}  // namespace schemac::parse
