// Names, strings, values and the documentation before an object.
#include <algorithm>

#include "compiler/parse/builder.h"
#include "compiler/parse/string_escapes.h"
#include "compiler/support/characters.h"

namespace schemac::parse {
namespace {

std::string Undouble(std::string_view contents, char quote) {
  std::string value;
  value.reserve(contents.size());
  for (std::size_t at = 0; at < contents.size(); ++at) {
    value += contents[at];
    if (contents[at] == quote) ++at;
  }
  return value;
}

// The span without `before` bytes at its start and `after` at its end.
Span Shrunk(Span span, std::size_t before, std::size_t after) {
  span.begin += static_cast<std::uint32_t>(before);
  span.end -= static_cast<std::uint32_t>(after);
  return span;
}

}  // namespace

Builder::Builder(const Input& input, antlr4::CommonTokenStream& tokens, DiagnosticSink& sink)
    : input_(input), tokens_(tokens), sink_(sink) {}

Span Builder::SpanOf(const antlr4::ParserRuleContext& context) const {
  if (context.stop == nullptr) return input_.SpanOf(*context.start);
  return input_.SpanOf(*context.start, *context.stop);
}

ast::SqlText Builder::Text(const antlr4::Token& first, const antlr4::ParserRuleContext& last) const {
  return {Cover(input_.SpanOf(first), SpanOf(last))};
}

ast::SqlText Builder::Inside(P::ParenthesesContext& context) const {
  if (auto* run = context.sqlRun()) return Text(*run);
  Span span = input_.SpanOf(*context.start);
  span.begin = span.end;
  return {span};
}

ast::Name Builder::Raw(const antlr4::ParserRuleContext& context) const {
  const Span span = SpanOf(context);
  return {std::string(input_.text.substr(span.begin, span.end - span.begin)), span};
}

ast::Name Builder::Folded(const antlr4::ParserRuleContext& context) const {
  ast::Name name = Raw(context);
  name.text = Lower(name.text);
  return name;
}

ast::Name Builder::Words(const antlr4::ParserRuleContext& context) const {
  ast::Name name{{}, SpanOf(context)};
  for (std::size_t index = context.start->getTokenIndex(); index <= context.stop->getTokenIndex(); ++index) {
    const antlr4::Token& token = *tokens_.get(index);
    if (token.getChannel() != antlr4::Token::DEFAULT_CHANNEL) continue;
    if (!name.text.empty()) name.text += ' ';
    name.text += Lower(input_.TextOf(token));
  }
  return name;
}

const antlr4::Token* Builder::LastBefore(const antlr4::ParserRuleContext& context) const {
  std::size_t index = context.stop->getTokenIndex();
  do {
    --index;
  } while (tokens_.get(index)->getChannel() != antlr4::Token::DEFAULT_CHANNEL);
  return tokens_.get(index);
}

ast::Name Builder::BuildQuoted(const antlr4::Token& token) {
  const std::string_view text = input_.TextOf(token);
  const Span span = input_.SpanOf(token);
  if (text.size() <= 2) {
    sink_.Report(Diagnostic(DiagnosticKind::SyntaxError, span, "a name cannot be empty"));
  }
  return {Undouble(text.substr(1, text.size() - 2), '"'), span};
}

ast::Name Builder::BuildName(P::IdentifierContext& context) {
  const antlr4::Token& token = *context.start;
  if (token.getType() == P::QUOTED_IDENTIFIER) return BuildQuoted(token);
  return {Lower(input_.TextOf(token)), input_.SpanOf(token)};
}

ast::QualifiedName Builder::BuildQualifiedName(P::QualifiedNameContext& context) {
  ast::QualifiedName name;
  name.name = BuildName(*context.first);
  if (context.second != nullptr) {
    name.schema = std::move(name.name);
    name.name = BuildName(*context.second);
  }
  name.span = SpanOf(context);
  return name;
}

std::vector<ast::Name> Builder::BuildNames(P::NamesContext& context) {
  std::vector<ast::Name> names;
  for (auto* identifier : context.identifier()) names.push_back(BuildName(*identifier));
  return names;
}

ast::Name Builder::BuildString(const antlr4::Token& token) {
  const std::string_view text = input_.TextOf(token);
  const Span span = input_.SpanOf(token);
  switch (token.getType()) {
    case P::DOLLAR_STRING: {
      const std::size_t tag = text.find('$', 1) + 1;
      return {std::string(text.substr(tag, text.size() - 2 * tag)), Shrunk(span, tag, tag)};
    }
    case P::ESCAPE_STRING: {
      const Span contents = Shrunk(span, 2, 1);
      return {DecodeEscapes(text.substr(2, text.size() - 3), contents), contents};
    }
    default:
      return {Undouble(text.substr(1, text.size() - 2), '\''), Shrunk(span, 1, 1)};
  }
}

std::string Builder::DecodeEscapes(std::string_view contents, const Span& span) {
  std::string value;
  if (const auto wrong = DecodeEscapeString(contents, value)) {
    const std::uint32_t begin = span.begin + static_cast<std::uint32_t>(*wrong);
    sink_.Report(Diagnostic(DiagnosticKind::SyntaxError, {span.source, begin, begin + 1},
                            "invalid escape in the string"));
  }
  return value;
}

ast::Name Builder::BuildText(P::TextContext& context) {
  if (auto* string = context.string()) return BuildString(*string);
  return BuildQuoted(*context.start);
}

ast::Name Builder::BuildLabel(P::LabelContext& context) {
  if (auto* string = context.string()) return BuildString(*string);
  // A bare label keeps its case: labels are strings.
  if (context.start->getType() == P::QUOTED_IDENTIFIER) return BuildQuoted(*context.start);
  return Raw(context);
}

Builder::ValueText Builder::BuildValue(P::ValueContext& context) {
  if (auto* json = context.json()) return ast::JsonText{SpanOf(*json)};
  return Text(context);
}

std::vector<ast::Option> Builder::BuildOptions(P::StorageOptionsContext& context) {
  std::vector<ast::Option> options;
  for (auto* each : context.option()) {
    ast::Option option;
    for (auto* part : each->optionKey()->identifier()) {
      if (!option.key.text.empty()) option.key.text += '.';
      option.key.text += BuildName(*part).text;
    }
    option.key.span = SpanOf(*each->optionKey());
    if (auto* value = each->optionValue()) {
      option.value = value->string() != nullptr ? BuildString(*value->string()) : Raw(*value);
    }
    options.push_back(std::move(option));
  }
  return options;
}

std::optional<ast::Name> Builder::BuildWas(P::WasContext* context) {
  if (context == nullptr) return std::nullopt;
  return BuildName(*context->identifier());
}

std::string Builder::TakeDocumentation(const antlr4::Token& before) {
  std::size_t begin = before.getTokenIndex();
  while (begin > 0 && tokens_.get(begin - 1)->getChannel() != antlr4::Token::DEFAULT_CHANNEL) --begin;
  std::string text;
  bool first = true;
  for (std::size_t index = begin; index < before.getTokenIndex(); ++index) {
    const antlr4::Token& token = *tokens_.get(index);
    // Behind something on its line it looks as if it belonged there: it is reported as stray.
    if (token.getType() != P::DOCUMENTATION_LINE || !input_.BeginsLine(token)) continue;
    documentation_used_.insert(index);
    std::string_view line = input_.TextOf(token).substr(3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (!first) text += '\n';
    text += line;
    first = false;
  }
  return text;
}

std::vector<Span> Builder::StrayDocumentation(std::size_t end) const {
  std::vector<Span> lines;
  for (std::size_t index = 0; index < tokens_.size(); ++index) {
    const antlr4::Token& token = *tokens_.get(index);
    if (token.getStartIndex() >= end) break;
    if (token.getType() == P::DOCUMENTATION_LINE && !documentation_used_.contains(index))
      lines.push_back(input_.SpanOf(token));
  }
  return lines;
}

void ReportStrayDocumentation(const std::vector<Span>& lines, DiagnosticSink& sink) {
  // A file with syntax errors has documentation before what could not be read.
  if (sink.HasErrors()) return;
  for (const Span& line : lines) {
    constexpr std::size_t kDashes = 3;
    if (line.end - line.begin == kDashes) continue;
    sink.Report(Diagnostic(DiagnosticKind::SyntaxError, line,
                           "this documentation becomes no comment: it must stand on a line of its own, "
                           "above an object or a member "
                           "that can have one")
                    .With(Severity::Warning)
                    .Fix("write \"--\" for a plain comment"));
  }
}

}  // namespace schemac::parse
