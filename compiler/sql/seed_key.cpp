#include "compiler/sql/seed_key.h"

#include <nlohmann/json.hpp>

#include "compiler/sql/parse_tree.h"

namespace schemac::sql {
namespace {

// A whole number has one spelling; others may not.
nlohmann::json NumberPart(const std::string& digits) {
  constexpr std::size_t kSafeDigits = 18;
  const bool whole =
      digits.find_first_not_of("0123456789") == std::string::npos && digits.size() < kSafeDigits;
  if (whole) return std::stoll(digits);
  return {{"number", digits}};
}

nlohmann::json ConstantPart(const PgQuery__AConst& constant, const std::string& text) {
  if (constant.isnull) return nullptr;
  switch (constant.val_case) {
    case PG_QUERY__A__CONST__VAL_SVAL:
      return constant.sval->sval;
    case PG_QUERY__A__CONST__VAL_IVAL:
      return constant.ival->ival;
    case PG_QUERY__A__CONST__VAL_FVAL:
      return NumberPart(constant.fval->fval);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
      return constant.boolval->boolval != 0;
    default:
      return {{"sql", text}};
  }
}

// The only expression of `SELECT …`; nullptr for anything else.
const PgQuery__Node* OnlyTarget(const PgQuery__ParseResult& result) {
  if (result.n_stmts != 1 || result.stmts[0]->stmt == nullptr) return nullptr;
  const PgQuery__Node& statement = *result.stmts[0]->stmt;
  if (statement.node_case != PG_QUERY__NODE__NODE_SELECT_STMT || statement.select_stmt->n_target_list != 1)
    return nullptr;
  const PgQuery__Node& target = *statement.select_stmt->target_list[0];
  return target.node_case == PG_QUERY__NODE__NODE_RES_TARGET ? target.res_target->val : nullptr;
}

std::string Dump(const nlohmann::json& part) {
  return part.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string SeedKeyPart(const schema::Expression& value) {
  const auto tree = ParseTree::Parse("SELECT " + value.text);
  const PgQuery__Node* node = tree ? OnlyTarget(tree->result()) : nullptr;
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_A_CONST) return Dump({{"sql", value.text}});
  return Dump(ConstantPart(*node->a_const, value.text));
}

std::string SeedKey(const std::vector<std::string>& parts) {
  std::string key;
  for (const std::string& part : parts) key += (key.empty() ? "" : ",") + part;
  return "[" + key + "]";
}

}  // namespace schemac::sql
