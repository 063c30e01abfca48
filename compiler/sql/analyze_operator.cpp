// Operators, IN, BETWEEN, LIKE.
#include <algorithm>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/facts.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/nodes.h"

namespace schemac::sql {
namespace {

constexpr std::size_t kMaxMerged = 100000;

bool IsComparison(std::string_view name) {
  for (const std::string_view known :
       {"=", "<>", "<", ">", "<=", ">=", "~~", "!~~", "~~*", "!~~*", "~", "~*", "!~", "!~*"}) {
    if (name == known) return true;
  }
  return false;
}

// Whether the expression reads a column: IN keeps those apart from the constants (transformAExprIn).
bool HasColumn(const ProtobufCMessage& message) {
  if (message.descriptor == &pg_query__column_ref__descriptor) return true;
  bool found = false;
  ForEachField(message, [&](const NodeField& field) {
    const ProtobufCMessage* child = found ? nullptr : ChildOf(field);
    if (child != nullptr) found = HasColumn(*child);
  });
  return found;
}

}  // namespace

Term* Analyzer::Operator(const std::vector<std::string>& name, Term* left, Term* right) {
  if (left != nullptr && left->head == "row" && right->head == "row" &&
      left->children.size() == right->children.size() && !left->children.empty() && !name.empty()) {
    return RowOperator(name, left, right);
  }
  std::string spelled = name.empty() ? "" : name.back();
  if (spelled == "!=") spelled = "<>";
  const bool is_builtin = name.size() < 2 || name.front() == "pg_catalog";
  std::vector<Term*> operands;
  if (left != nullptr) operands.push_back(left);
  operands.push_back(right);
  std::vector<TypeKey> keys;
  for (const Term* operand : operands) keys.push_back(operand->type);
  const std::optional<Overload> overload = is_builtin ? ResolveOperator(types_, spelled, keys) : std::nullopt;
  TypeKey result;
  if (overload) {
    result = overload->result;
    for (std::size_t i = 0; i < operands.size(); ++i)
      operands[i] = Coerce(operands[i], overload->arguments[i]);
  }
  const bool comparison = IsComparison(spelled);
  if (result.empty() && comparison) result = "bool";
  for (Term*& operand : operands) {
    if (operand->type != kUnknown) continue;
    // The type of an extension compares with itself: lower(x) = 'a', email = 'a'::citext.
    const Term* other = operands.size() == 2 ? operands[operand == operands[0] ? 1 : 0] : operand;
    operand = Coerce(operand, comparison && IsUserKey(other->type) ? other->type : TypeKey("text"));
  }
  Term* term = terms_.Node("op", result, std::move(operands));
  term->value = is_builtin || name.front() == "public" ? spelled : name.front() + "." + spelled;
  return term;
}

// (a, b) = (c, d) is a = c AND b = d; other comparisons of rows stay one (make_row_comparison_op).
Term* Analyzer::RowOperator(const std::vector<std::string>& name, Term* left, Term* right) {
  const std::string& spelled = name.back();
  std::vector<Term*> pairs;
  for (std::size_t i = 0; i < left->children.size(); ++i) {
    pairs.push_back(Operator(name, left->children[i], right->children[i]));
  }
  if (pairs.size() == 1) return pairs.front();
  if (spelled == "=") return terms_.Node("and", "bool", std::move(pairs));
  if (spelled == "<>" || spelled == "!=") return terms_.Node("or", "bool", std::move(pairs));
  Term* term = terms_.Node("row-op", "bool", std::move(pairs));
  term->value = spelled;
  return term;
}

Term* Analyzer::ArrayOperator(const std::vector<std::string>& name, std::string_view head, Term* left,
                              Term* right) {
  std::string spelled = name.empty() ? "" : name.back();
  if (spelled == "!=") spelled = "<>";
  const TypeKey array = types_.Base(right->type);
  const TypeKey element = right->type == kUnknown ? TypeKey(kUnknown) : ElementOf(array);
  const auto overload = ResolveOperator(types_, spelled, {left->type, element});
  if (overload) {
    left = Coerce(left, overload->arguments[0]);
    if (!overload->arguments[1].empty()) {
      const TypeKey wanted = ArrayOf(overload->arguments[1]);
      // Nobody wrote this cast: it stands around the array, not around each element.
      const bool casts = right->head == "array" && right->type != wanted && IsStringType(element);
      right = Coerce(right, wanted);
      right->stored_cast = casts && IsStringType(overload->arguments[1]);
    }
  } else if (right->type == kUnknown) {
    right = Coerce(right, ArrayOf(left->type));
  }
  Term* term = terms_.Node(head, "bool", {left, right});
  term->value = spelled;
  return term;
}

Term* Analyzer::In(const PgQuery__AExpr& expression) {
  const std::vector<std::string> name = NameParts(expression.name, expression.n_name);
  const bool negated = !name.empty() && name.back() == "<>";
  const PgQuery__List& list = *expression.rexpr->list;
  Term* left = Expression(*expression.lexpr);
  std::vector<Term*> constants;
  std::vector<Term*> others;
  for (std::size_t i = 0; i < list.n_items; ++i) {
    Term* item = Expression(*list.items[i]);
    (HasColumn(list.items[i]->base) ? others : constants).push_back(item);
  }
  std::vector<Term*> terms;
  const bool rows = left->head == "row";
  if (constants.size() > 1 && !rows) {
    std::vector<TypeKey> keys{left->type};
    for (const Term* constant : constants) keys.push_back(constant->type);
    const TypeKey common = types_.CommonType(keys);
    if (!common.empty() || left->type.empty() || IsUserKey(left->type)) {
      const TypeKey element = common.empty() && IsUserKey(left->type) ? left->type : common;
      for (Term*& constant : constants) constant = Coerce(constant, element);
      Term* array = terms_.Node("array", ArrayOf(element), std::move(constants));
      terms.push_back(ArrayOperator(name, negated ? "all" : "any", left, array));
      constants.clear();
    }
  }
  for (const std::vector<Term*>* group : {&constants, &others}) {
    for (Term* item : *group) {
      // Each comparison may cast its own way, so each has its own left side.
      terms.push_back(Operator(name, terms.empty() ? left : Expression(*expression.lexpr), item));
      if (terms.size() > kMaxMerged) break;
    }
  }
  if (terms.size() == 1) return terms.front();
  return terms_.Node(negated ? "and" : "or", "bool", std::move(terms));
}

Term* Analyzer::Between(const PgQuery__AExpr& expression) {
  const PgQuery__List& bounds = *expression.rexpr->list;
  const auto compare = [&](const char* op, const PgQuery__Node& bound) {
    return Operator({op}, Expression(*expression.lexpr), Expression(bound));
  };
  const auto inside = [&](const PgQuery__Node& low, const PgQuery__Node& high) {
    return terms_.Node("and", "bool", {compare(">=", low), compare("<=", high)});
  };
  const auto outside = [&](const PgQuery__Node& low, const PgQuery__Node& high) {
    return terms_.Node("or", "bool", {compare("<", low), compare(">", high)});
  };
  const PgQuery__Node& low = *bounds.items[0];
  const PgQuery__Node& high = *bounds.items[1];
  switch (expression.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
      return inside(low, high);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
      return outside(low, high);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
      return terms_.Node("or", "bool", {inside(low, high), inside(high, low)});
    default:
      return terms_.Node("and", "bool", {outside(low, high), outside(high, low)});
  }
}

Term* Analyzer::OperatorExpression(const PgQuery__AExpr& expression) {
  const std::vector<std::string> name = NameParts(expression.name, expression.n_name);
  switch (expression.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      return In(expression);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
      return Between(expression);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
      return ArrayOperator(name, "any", Expression(*expression.lexpr), Expression(*expression.rexpr));
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
      return ArrayOperator(name, "all", Expression(*expression.lexpr), Expression(*expression.rexpr));
    default:
      break;
  }
  Term* left = expression.lexpr == nullptr ? nullptr : Expression(*expression.lexpr);
  Term* right = expression.rexpr == nullptr ? NullTerm() : Expression(*expression.rexpr);
  // A sign before a constant belongs to it: the server prints '-1'::integer.
  if (left == nullptr && name.size() == 1 && name[0] == "-" && right->kind == TermKind::Constant &&
      !right->is_null && (right->type == "int4" || right->type == "int8" || right->type == "numeric") &&
      !right->value.starts_with('-') && expression.rexpr->node_case == PG_QUERY__NODE__NODE_A_CONST) {
    return NumberTerm("-" + right->value);
  }
  const bool is_distinct = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT;
  const bool is_not_distinct = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT;
  if ((is_distinct || is_not_distinct) && left != nullptr &&
      (left->kind == TermKind::Null || right->kind == TermKind::Null)) {
    Term* tested = Finish(right->kind == TermKind::Null ? left : right, std::nullopt);
    return terms_.Node(is_distinct ? "notnull" : "isnull", "bool", {tested});
  }
  Term* term = Operator(name, left, right);
  if (is_distinct) term->head = "distinct";
  if (is_not_distinct) {
    term->head = "distinct";
    term = terms_.Node("not", "bool", {term});
  }
  if (expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF) {
    term->head = "nullif";
    term->type = left == nullptr ? TypeKey() : left->type == kUnknown ? TypeKey("text") : left->type;
  }
  return term;
}

}  // namespace schemac::sql
