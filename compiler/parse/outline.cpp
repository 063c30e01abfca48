#include "compiler/parse/outline.h"

#include "compiler/parse/keywords.h"
#include "compiler/parse/syntax_tree.h"

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

// Rules whose text is kept as it is.
bool IsVerbatim(std::size_t rule) {
  switch (rule) {
    case SchemaParser::RuleSqlRun:
    case SchemaParser::RuleRoutineRun:
    case SchemaParser::RuleRuleRun:
    case SchemaParser::RulePredicateRun:
    case SchemaParser::RuleConversionRun:
    case SchemaParser::RulePrivilegesRun:
    case SchemaParser::RuleValueRun:
    case SchemaParser::RuleGroup:
    case SchemaParser::RuleParentheses:
    case SchemaParser::RuleType:
    case SchemaParser::RuleValue:
    case SchemaParser::RuleJson:
    case SchemaParser::RuleIndexKey:
    case SchemaParser::RuleExclusionOperator:
    case SchemaParser::RuleOptionValue:
    case SchemaParser::RuleHazard:
      return true;
    default:
      return false;
  }
}

// Rules in which a keyword is a name.
bool IsName(std::size_t rule) {
  return rule == SchemaParser::RuleIdentifier || rule == SchemaParser::RuleLabel ||
         rule == SchemaParser::RuleRevisionId;
}

bool HasBlock(std::size_t rule) {
  switch (rule) {
    case SchemaParser::RuleTableBody:
    case SchemaParser::RuleSeed:
    case SchemaParser::RuleAlterTable:
    case SchemaParser::RuleAlterEnum:
    case SchemaParser::RuleAlterObject:
    case SchemaParser::RuleUpAndDown:
      return true;
    default:
      return false;
  }
}

bool HasList(std::size_t rule) {
  return rule == SchemaParser::RuleEnumType || rule == SchemaParser::RuleSeedRow;
}

Piece::Mark MarkOf(std::size_t type, std::size_t rule) {
  switch (type) {
    case SchemaParser::SEMICOLON:
      return Piece::Mark::EndOfUnit;
    case SchemaParser::LEFT_BRACE:
      return HasList(rule)    ? Piece::Mark::OpenList
             : HasBlock(rule) ? Piece::Mark::OpenBlock
                              : Piece::Mark::None;
    case SchemaParser::RIGHT_BRACE:
      return HasList(rule)    ? Piece::Mark::CloseList
             : HasBlock(rule) ? Piece::Mark::CloseBlock
                              : Piece::Mark::None;
    case SchemaParser::COMMA:
      return HasList(rule) ? Piece::Mark::ListComma : Piece::Mark::None;
    case SchemaParser::UP:
    case SchemaParser::DOWN:
      return rule == SchemaParser::RuleUpAndDown ? Piece::Mark::BeginPart : Piece::Mark::None;
    default:
      return Piece::Mark::None;
  }
}

// Whether the column stands in the body of a table or mixin, not after `add column`.
bool IsInBody(const antlr4::RuleContext& column) {
  const auto* member = dynamic_cast<const antlr4::RuleContext*>(column.parent);
  const auto* body = member == nullptr ? nullptr : dynamic_cast<const antlr4::RuleContext*>(member->parent);
  return body != nullptr && body->getRuleIndex() == SchemaParser::RuleTableBody;
}

// `f(integer)`: where a routine is defined and where it is named.
bool IsArguments(std::size_t rule, std::size_t parent_rule, const antlr4::ParserRuleContext& context) {
  if (rule == SchemaParser::RuleParentheses) {
    return parent_rule == SchemaParser::RuleTarget || parent_rule == SchemaParser::RuleAlterObject;
  }
  const auto* object = dynamic_cast<SchemaParser::SqlObjectContext*>(context.parent);
  return object != nullptr && context.start->getType() == SchemaParser::LEFT_PAREN &&
         (rule == SchemaParser::RuleRoutineRun || object->start->getType() == SchemaParser::AGGREGATE);
}

// Walks the tree; comments are put between the pieces as their tokens are passed.
class Outliner {
 public:
  explicit Outliner(SyntaxTree& tree) : tree_(tree) {}

  std::vector<Piece> Run(antlr4::ParserRuleContext& root) {
    Visit(root, false);
    TakeComments(tree_.tokens().size());
    return std::move(pieces_);
  }

 private:
  void Visit(antlr4::ParserRuleContext& context, bool in_name);
  void VisitChildren(antlr4::ParserRuleContext& context, bool in_name);
  void Add(const antlr4::Token& first, const antlr4::Token& last, Piece piece);
  void TakeComments(std::size_t end);

  SyntaxTree& tree_;
  std::vector<Piece> pieces_;
  std::size_t next_ = 0;                                 // The first token that has not been passed.
  std::size_t last_type_ = antlr4::Token::INVALID_TYPE;  // Of the last piece that is no comment.
  Piece pending_;                                        // What is to be said of the next piece.
};

void Outliner::TakeComments(std::size_t end) {
  for (; next_ < end; ++next_) {
    const antlr4::Token& token = *tree_.tokens().get(next_);
    const std::size_t type = token.getType();
    Piece piece;
    if (type == SchemaParser::BLOCK_COMMENT) {
      piece.kind = Piece::Kind::BlockComment;
    } else if (type == SchemaParser::LINE_COMMENT || type == SchemaParser::DOCUMENTATION_LINE) {
      piece.kind = Piece::Kind::LineComment;
    } else {
      continue;
    }
    piece.span = tree_.input().SpanOf(token);
    pieces_.push_back(piece);
  }
}

void Outliner::Add(const antlr4::Token& first, const antlr4::Token& last, Piece piece) {
  if (first.getType() == antlr4::Token::EOF) return;
  TakeComments(first.getTokenIndex());
  next_ = last.getTokenIndex() + 1;
  piece.span = tree_.input().SpanOf(first, last);
  piece.item = pending_.item;
  piece.header = pending_.header;
  piece.column = pending_.column;
  piece.glued = piece.glued || pending_.glued;
  pending_ = {};
  switch (first.getType()) {
    case SchemaParser::SEMICOLON:
    case SchemaParser::COMMA:
    case SchemaParser::RIGHT_PAREN:
    case SchemaParser::DOT:
    case SchemaParser::COLON:
      piece.glued = true;
      break;
    default:
      break;
  }
  if (last_type_ == SchemaParser::LEFT_PAREN || last_type_ == SchemaParser::DOT) piece.glued = true;
  // The parenthesis that ends a stretch of SQL opens nothing.
  last_type_ = &first == &last ? first.getType() : antlr4::Token::INVALID_TYPE;
  pieces_.push_back(piece);
}

void Outliner::Visit(antlr4::ParserRuleContext& context, bool in_name) {
  const std::size_t rule = context.getRuleIndex();
  const auto* parent = dynamic_cast<const antlr4::ParserRuleContext*>(context.parent);
  const std::size_t parent_rule = parent == nullptr ? static_cast<std::size_t>(-1) : parent->getRuleIndex();
  const bool top = parent_rule == SchemaParser::RuleModel || parent_rule == SchemaParser::RuleModelDiff;
  if (top) {
    pending_.item = context.start->getType();
    pending_.header = rule == SchemaParser::RuleRevisionClause || rule == SchemaParser::RuleRevisesClause ||
                      rule == SchemaParser::RuleMessageClause || rule == SchemaParser::RuleProfileClause;
  }
  if (parent_rule == SchemaParser::RuleColumn && IsInBody(*parent)) {
    if (rule == SchemaParser::RuleIdentifier) pending_.column = Piece::Column::Name;
    if (rule == SchemaParser::RuleType) pending_.column = Piece::Column::Type;
    if (rule == SchemaParser::RuleColumnClause && &context == parent->children.at(2)) {
      pending_.column = Piece::Column::Rest;
    }
  }
  if (!IsVerbatim(rule) || context.start == nullptr || context.stop == nullptr) {
    VisitChildren(context, in_name || IsName(rule));
    return;
  }
  Piece piece;
  piece.glued = IsArguments(rule, parent_rule, context);
  Add(*context.start, *context.stop, piece);
}

void Outliner::VisitChildren(antlr4::ParserRuleContext& context, bool in_name) {
  for (antlr4::tree::ParseTree* child : context.children) {
    if (auto* inner = dynamic_cast<antlr4::ParserRuleContext*>(child)) {
      Visit(*inner, in_name);
    } else if (auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(child)) {
      const antlr4::Token& token = *leaf->getSymbol();
      Piece piece;
      piece.keyword = IsKeyword(token.getType()) && !in_name;
      piece.mark = MarkOf(token.getType(), context.getRuleIndex());
      Add(token, token, piece);
    }
  }
}

}  // namespace

std::optional<std::vector<Piece>> Outline(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  DiagnosticSink errors;
  SyntaxTree tree(source, sources, errors);
  tree.ReadAll();
  for (const Diagnostic& diagnostic : errors.diagnostics()) sink.Report(diagnostic);
  if (errors.HasErrors()) return std::nullopt;
  if (tree.model() != nullptr) return Outliner(tree).Run(*tree.model());
  if (tree.model_diff() != nullptr) return Outliner(tree).Run(*tree.model_diff());
  return std::nullopt;
}

}  // namespace schemac::parse
