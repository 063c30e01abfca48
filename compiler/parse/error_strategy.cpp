#include "compiler/parse/error_strategy.h"

#include <grammar/SchemaParser.h>

#include "compiler/parse/expectation.h"

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

constexpr std::size_t kMostErrors = 100;

// Rules that an error does not leave.
bool IsRecoveryUnit(std::size_t rule) {
  switch (rule) {
    case SchemaParser::RuleModel:
    case SchemaParser::RuleModelDiff:
    case SchemaParser::RuleRevisionClause:
    case SchemaParser::RuleRevisesClause:
    case SchemaParser::RuleMessageClause:
    case SchemaParser::RuleProfileClause:
    case SchemaParser::RuleItem:
    case SchemaParser::RuleDiffItem:
    case SchemaParser::RuleTableHead:
    case SchemaParser::RuleMember:
    case SchemaParser::RuleSeedRow:
    case SchemaParser::RuleTableAction:
    case SchemaParser::RuleEnumAction:
    case SchemaParser::RuleObjectAction:
      return true;
    default:
      return false;
  }
}

// Rules that are a list of recovery units.
bool IsList(std::size_t rule) {
  switch (rule) {
    case SchemaParser::RuleModel:
    case SchemaParser::RuleModelDiff:
    case SchemaParser::RuleTableBody:
    case SchemaParser::RuleSeed:
    case SchemaParser::RuleAlterTable:
    case SchemaParser::RuleAlterEnum:
    case SchemaParser::RuleAlterObject:
      return true;
    default:
      return false;
  }
}

// A word in the first column that can only begin an item: the brace before it was forgotten.
bool BeginsItemAtMargin(const Input& input, const antlr4::Token& token) {
  switch (token.getType()) {
    case SchemaParser::TABLE:
    case SchemaParser::VIEW:
    case SchemaParser::MATERIALIZED:
    case SchemaParser::ENUM:
    case SchemaParser::FUNCTION:
    case SchemaParser::MIXIN:
    case SchemaParser::SCHEMA:
    case SchemaParser::SEED:
      return input.AtMargin(token);
    default:
      return false;
  }
}

bool EndsTableHead(std::size_t type) {
  return type == SchemaParser::LEFT_BRACE || type == SchemaParser::SEMICOLON ||
         type == SchemaParser::RIGHT_BRACE || type == antlr4::Token::EOF;
}

const antlr4::Token* TokenBefore(antlr4::Parser& parser, const antlr4::Token& token) {
  antlr4::TokenStream& tokens = *parser.getTokenStream();
  for (std::size_t index = token.getTokenIndex(); index-- > 0;) {
    const antlr4::Token* before = tokens.get(index);
    if (before->getChannel() == antlr4::Token::DEFAULT_CHANNEL) return before;
  }
  return nullptr;
}

}  // namespace

void ErrorStrategy::Report(Diagnostic diagnostic) {
  sink_.Report(std::move(diagnostic));
  if (++reported_ == kMostErrors) throw TooManyErrors();
}

void ErrorStrategy::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
  if (inErrorRecoveryMode(parser)) return;
  beginErrorCondition(parser);
  const antlr4::Token& found = *error.getOffendingToken();
  antlr4::misc::IntervalSet expected;
  const auto* ambiguous = dynamic_cast<const antlr4::NoViableAltException*>(&error);
  // After a longer look ahead, what was expected at the start says nothing about the token that did not fit.
  if (ambiguous == nullptr || ambiguous->getStartToken() == &found) expected = error.getExpectedTokens();
  next_unit_ = Contains(expected, SchemaParser::SEMICOLON) && input_.BeginsLine(found) ? &found : nullptr;
  // A quote without an end has been reported with the tokens.
  const antlr4::Token* before = TokenBefore(*parser, found);
  const bool in_quote = before != nullptr && before->getType() == SchemaParser::UNTERMINATED_QUOTE;
  if (in_quote || found.getType() == SchemaParser::UNTERMINATED_QUOTE) return;
  Report(Unexpected(input_, error.getCtx(), expected, before, found));
}

antlr4::Token* ErrorStrategy::recoverInline(antlr4::Parser* parser) {
  throw antlr4::InputMismatchException(parser);
}

void ErrorStrategy::recover(antlr4::Parser* parser, std::exception_ptr error) {
  antlr4::ParserRuleContext* context = parser->getContext();
  const std::size_t rule = context->getRuleIndex();
  if (!IsRecoveryUnit(rule)) std::rethrow_exception(error);
  const std::size_t begin = context->start == nullptr ? 0 : context->start->getTokenIndex();
  antlr4::TokenStream& tokens = *parser->getTokenStream();
  if (rule == SchemaParser::RuleTableHead) {
    SkipTableHead(tokens, begin);
  } else if (next_unit_ == nullptr || tokens.LT(1) != next_unit_ || tokens.index() == begin) {
    SkipUnit(*parser, begin);
  }
  endErrorCondition(parser);
}

// The body is worth reading whatever stands in the head.
void ErrorStrategy::SkipTableHead(antlr4::TokenStream& tokens, std::size_t begin) {
  while (!EndsTableHead(tokens.LA(1))) {
    if (tokens.index() > begin && BeginsItemAtMargin(input_, *tokens.LT(1))) return;
    tokens.consume();
  }
}

void ErrorStrategy::SkipUnit(antlr4::Parser& parser, std::size_t begin) {
  antlr4::TokenStream& tokens = *parser.getTokenStream();
  std::size_t depth = 0;
  for (std::size_t index = begin; index < tokens.index(); ++index) {
    const std::size_t type = tokens.get(index)->getType();
    if (type == SchemaParser::LEFT_BRACE) ++depth;
    if (type == SchemaParser::RIGHT_BRACE && depth > 0) --depth;
  }
  for (std::size_t type = tokens.LA(1); type != antlr4::Token::EOF; type = tokens.LA(1)) {
    if (type == SchemaParser::RIGHT_BRACE && depth == 0) return;
    if (tokens.index() > begin && BeginsItemAtMargin(input_, *tokens.LT(1))) return;
    tokens.consume();
    if (type == SchemaParser::LEFT_BRACE) ++depth;
    if (type == SchemaParser::RIGHT_BRACE && --depth == 0) {
      if (tokens.LA(1) == SchemaParser::SEMICOLON) tokens.consume();
      return;
    }
    if (type == SchemaParser::SEMICOLON && depth == 0) return;
  }
}

void ErrorStrategy::sync(antlr4::Parser* parser) {
  if (inErrorRecoveryMode(parser)) return;
  antlr4::ParserRuleContext* context = parser->getContext();
  const std::size_t rule = context->getRuleIndex();
  const bool table_head = rule == SchemaParser::RuleTableHead;
  if (!IsList(rule) && !table_head) return;
  const antlr4::atn::ATN& atn = parser->getATN();
  antlr4::atn::ATNState* state = atn.states[parser->getState()];
  const std::size_t kind = state->getStateType();
  if (kind != antlr4::atn::ATNState::STAR_LOOP_ENTRY && kind != antlr4::atn::ATNState::STAR_LOOP_BACK) return;
  const antlr4::misc::IntervalSet expected = atn.nextTokens(state);
  const bool whole_file = rule == SchemaParser::RuleModel || rule == SchemaParser::RuleModelDiff;
  antlr4::TokenStream& tokens = *parser->getTokenStream();
  while (tokens.LA(1) != antlr4::Token::EOF) {
    const antlr4::Token& found = *tokens.LT(1);
    if (Contains(expected, tokens.LA(1)) || (table_head && EndsTableHead(tokens.LA(1)))) return;
    if (!whole_file && BeginsItemAtMargin(input_, found)) return;
    if (found.getType() != SchemaParser::UNTERMINATED_QUOTE) {
      Report(Unexpected(input_, context, {}, TokenBefore(*parser, found), found));
    }
    const std::size_t begin = tokens.index();
    if (table_head) return SkipTableHead(tokens, begin);
    SkipUnit(*parser, begin);
    if (tokens.index() == begin) tokens.consume();  // A closing brace that closes nothing.
  }
}

}  // namespace schemac::parse
