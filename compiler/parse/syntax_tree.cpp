#include "compiler/parse/syntax_tree.h"

#include <string>

#include <fmt/format.h>

#include "compiler/support/utf8.h"

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

// A model of 10,000 tables has a few megabytes; beyond this, the file is something else.
constexpr std::size_t kLargestSource = std::size_t{32} << 20U;
constexpr std::size_t kDeepestNesting = 200;

}  // namespace

SyntaxTree::SyntaxTree(SourceId source, const Sources& sources, DiagnosticSink& sink)
    : input_{source, sources.Get(source).text} {
  if (!Readable(sink)) return;
  reader_ = std::make_unique<TokenReader>(input_.text);
  tokens_ = std::make_unique<antlr4::CommonTokenStream>(reader_.get());
  tokens_->fill();
  if (ReportBadTokens(sink) && Shallow(sink)) Run(sink);
}

bool SyntaxTree::Readable(DiagnosticSink& sink) const {
  const auto report = [&](DiagnosticKind kind, std::size_t at, std::string message) {
    const auto begin = static_cast<std::uint32_t>(at);
    sink.Report(Diagnostic(kind, {input_.source, begin, begin + 1}, std::move(message)));
    return false;
  };
  if (input_.text.size() > kLargestSource) {
    return report(DiagnosticKind::SyntaxError, 0,
                  fmt::format("the source has {} MB; more than {} MB is no schema", input_.text.size() >> 20U,
                              kLargestSource >> 20U));
  }
  if (const std::size_t nul = input_.text.find('\0'); nul != std::string_view::npos) {
    return report(DiagnosticKind::SyntaxError, nul,
                  "a zero byte: this is a binary file, or text that is not UTF-8");
  }
  if (const auto invalid = FindInvalidUtf8(input_.text)) {
    return report(DiagnosticKind::InvalidUtf8, *invalid,
                  fmt::format("byte 0x{:02X} is not valid UTF-8 here",
                              static_cast<unsigned>(static_cast<unsigned char>(input_.text[*invalid]))));
  }
  return true;
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
  std::size_t brackets = 0;
  std::size_t cases = 0;
  for (std::size_t index = 0; index < tokens_->size(); ++index) {
    const antlr4::Token& token = *tokens_->get(index);
    switch (token.getType()) {
      case SchemaParser::LEFT_PAREN:
      case SchemaParser::LEFT_BRACKET:
      case SchemaParser::LEFT_BRACE:
        ++brackets;
        break;
      case SchemaParser::RIGHT_PAREN:
      case SchemaParser::RIGHT_BRACKET:
      case SchemaParser::RIGHT_BRACE:
        if (brackets > 0) --brackets;
        break;
      case SchemaParser::CASE:
        ++cases;
        break;
      case SchemaParser::END:
        if (cases > 0) --cases;
        break;
      case SchemaParser::SEMICOLON:
        cases = 0;
        break;
      default:
        break;
    }
    if (brackets + cases > kDeepestNesting) {
      sink.Report(Diagnostic(DiagnosticKind::SyntaxError, input_.SpanOf(token),
                             fmt::format("nested more than {} deep", kDeepestNesting)));
      return false;
    }
  }
  return true;
}

void SyntaxTree::Run(DiagnosticSink& sink) {
  parser_ = std::make_unique<SchemaParser>(tokens_.get());
  parser_->removeErrorListeners();
  parser_->setErrorHandler(std::make_shared<ErrorStrategy>(input_, sink));
  parser_->getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      antlr4::atn::PredictionMode::SLL);
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

}  // namespace schemac::parse
