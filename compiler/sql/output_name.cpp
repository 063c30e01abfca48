// FigureColname() (src/backend/parser/parse_target.c): what an output column without AS is called.
#include <array>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/nodes.h"

namespace schemac::sql {
namespace {

// How good the name is: 0 none, 1 a guess that an inner name beats, 2 certain.
struct Guess {
  std::string name;
  int strength = 0;
};

Guess Figure(const PgQuery__Node& node);

std::string LastPart(PgQuery__Node* const* nodes, std::size_t count) {
  for (std::size_t i = count; i > 0; --i) {
    if (const std::string_view part = StringOf(*nodes[i - 1]); !part.empty()) return std::string(part);
  }
  return "";
}

Guess FigureSubLink(const PgQuery__SubLink& link) {
  switch (link.sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
      return {"exists", 2};
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
      return {"array", 2};
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
      break;
    default:
      return {};
  }
  if (link.subselect == nullptr || link.subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) return {};
  const PgQuery__SelectStmt* select = link.subselect->select_stmt;
  while (select->larg != nullptr) select = select->larg;
  if (select->n_target_list == 0) return select->n_values_lists > 0 ? Guess{"column1", 2} : Guess{};
  const PgQuery__ResTarget& target = *select->target_list[0]->res_target;
  if (target.name != nullptr && *target.name != '\0') return {target.name, 2};
  return target.val == nullptr ? Guess{} : Figure(*target.val);
}

Guess FigureValueFunction(const PgQuery__SQLValueFunction& function) {
  static constexpr std::array<std::string_view, 16> kNames{"",
                                                           "current_date",
                                                           "current_time",
                                                           "current_time",
                                                           "current_timestamp",
                                                           "current_timestamp",
                                                           "localtime",
                                                           "localtime",
                                                           "localtimestamp",
                                                           "localtimestamp",
                                                           "current_role",
                                                           "current_user",
                                                           "user",
                                                           "session_user",
                                                           "current_catalog",
                                                           "current_schema"};
  const auto op = static_cast<std::size_t>(function.op);
  return op < kNames.size() ? Guess{std::string(kNames[op]), 2} : Guess{};
}

Guess Figure(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
      const std::string name = LastPart(node.column_ref->fields, node.column_ref->n_fields);
      return name.empty() ? Guess{} : Guess{name, 2};
    }
    case PG_QUERY__NODE__NODE_A_INDIRECTION: {
      const std::string field = LastPart(node.a_indirection->indirection, node.a_indirection->n_indirection);
      return field.empty() ? Figure(*node.a_indirection->arg) : Guess{field, 2};
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return {LastPart(node.func_call->funcname, node.func_call->n_funcname), 2};
    case PG_QUERY__NODE__NODE_A_EXPR:
      return node.a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? Guess{"nullif", 2} : Guess{};
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
      Guess inner = Figure(*node.type_cast->arg);
      if (inner.strength > 1) return inner;
      return {LastPart(node.type_cast->type_name->names, node.type_cast->type_name->n_names), 1};
    }
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return node.collate_clause->arg == nullptr ? Guess{} : Figure(*node.collate_clause->arg);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
      return {"grouping", 2};
    case PG_QUERY__NODE__NODE_SUB_LINK:
      return FigureSubLink(*node.sub_link);
    case PG_QUERY__NODE__NODE_CASE_EXPR: {
      Guess inner = node.case_expr->defresult == nullptr ? Guess{} : Figure(*node.case_expr->defresult);
      return inner.strength > 1 ? inner : Guess{"case", 1};
    }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return {"array", 2};
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      return {"row", 2};
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      return {"coalesce", 2};
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      return {node.min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least", 2};
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      return FigureValueFunction(*node.sqlvalue_function);
    case PG_QUERY__NODE__NODE_XML_SERIALIZE:
      return {"xmlserialize", 2};
    default:
      return {};
  }
}

}  // namespace

std::string OutputName(const PgQuery__Node& node) {
  Guess guess = Figure(node);
  return guess.strength == 0 ? "?column?" : guess.name;
}

}  // namespace schemac::sql
