#include "compiler/sql/seed_key.h"

#include <nlohmann/json.hpp>

#include "compiler/sql/parse_tree.h"
#include "compiler/sql/slice.h"

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
