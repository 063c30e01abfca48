#include "compiler/sql/body_lacks.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/sql/facts.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/nodes.h"
#include "compiler/sql/parse_tree.h"
#include "schema/retarget.h"

namespace schemac::sql {
namespace {

using schema::ObjectKind;

// The value of a string literal, however it is quoted.
std::optional<std::string> ValueOfLiteral(std::string_view literal) {
  const auto tree = ParseTree::Parse(fmt::format("SELECT {}", literal));
  if (!tree || tree->result().n_stmts != 1) return std::nullopt;
  const PgQuery__Node& statement = *tree->result().stmts[0]->stmt;
  if (statement.node_case != PG_QUERY__NODE__NODE_SELECT_STMT || statement.select_stmt->n_target_list != 1)
    return std::nullopt;
  const PgQuery__Node* value = statement.select_stmt->target_list[0]->res_target->val;
  if (value == nullptr || value->node_case != PG_QUERY__NODE__NODE_A_CONST ||
      value->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL) {
    return std::nullopt;
  }
  return value->a_const->sval->sval;
}

// Utility statements are not looked into before they run.
bool IsAnalysed(const PgQuery__Node& statement) {
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      return true;
    default:
      return false;
  }
}

class Names {
 public:
  explicit Names(const schema::Catalog& catalog) : catalog_(catalog) {
    for (const auto& [address, object] : catalog.objects()) {
      if (address.kind == ObjectKind::Schema) schemas_.push_back(address.name);
      if (address.kind == ObjectKind::Extension) has_extension_ = true;
    }
  }

  void Visit(const ProtobufCMessage& message) {
    if (message.descriptor == &pg_query__range_var__descriptor) {
      const auto& variable = reinterpret_cast<const PgQuery__RangeVar&>(message);
      relations_.push_back({Text(variable.schemaname), Text(variable.relname)});
    } else if (message.descriptor == &pg_query__common_table_expr__descriptor) {
      common_.insert(Text(reinterpret_cast<const PgQuery__CommonTableExpr&>(message).ctename));
    } else if (message.descriptor == &pg_query__func_call__descriptor) {
      const auto& call = reinterpret_cast<const PgQuery__FuncCall&>(message);
      const std::vector<std::string> parts = NameParts(call.funcname, call.n_funcname);
      if (!parts.empty()) routines_.push_back({parts.size() > 1 ? parts.front() : "", parts.back()});
    }
    ForEachField(message, [&](const NodeField& field) {
      if (const ProtobufCMessage* child = ChildOf(field)) Visit(*child);
    });
  }

  [[nodiscard]] bool AnyIsMissing() const {
    return std::ranges::any_of(relations_, [&](const auto& it) { return !HasRelation(it); }) ||
           std::ranges::any_of(routines_, [&](const auto& it) { return !HasRoutine(it); });
  }

 private:
  static std::string Text(const char* text) { return text == nullptr ? "" : text; }

  [[nodiscard]] bool HasRelation(const schema::QualifiedName& name) const {
    if (name.schema.empty() && common_.contains(name.name)) return true;
    if (IsSystemRowType(name.schema == "pg_catalog" ? "" : name.schema, name.name)) return true;
    return Anywhere(name,
                    [&](const schema::QualifiedName& it) { return catalog_.FindRelation(it).has_value(); });
  }

  [[nodiscard]] bool HasRoutine(const schema::QualifiedName& name) const {
    if (has_extension_ || name.schema == "pg_catalog" || name.schema == "information_schema") return true;
    if (name.schema.empty() && !FunctionFacts(name.name).empty()) return true;
    return Anywhere(name,
                    [&](const schema::QualifiedName& it) { return !catalog_.FindFunctions(it).empty(); });
  }

  // A name without schema may be found along a search path that the routine sets for itself.
  template <typename Has>
  bool Anywhere(const schema::QualifiedName& name, Has has) const {
    if (!name.schema.empty()) return has(name);
    return std::ranges::any_of(schemas_, [&](const std::string& schema) {
      return has(schema::QualifiedName{schema, name.name});
    });
  }

  const schema::Catalog& catalog_;
  std::vector<std::string> schemas_;
  bool has_extension_ = false;
  std::set<std::string> common_;
  std::vector<schema::QualifiedName> relations_;
  std::vector<schema::QualifiedName> routines_;
};

}  // namespace

bool BodyLacksNames(const schema::Function& function, const schema::Catalog& catalog) {
  if (function.language != "sql") return false;
  const std::string_view definition = function.definition.text;
  Names names(catalog);
  for (const schema::TextRange& range : schema::BodiesOfRoutine(definition)) {
    const auto body = ValueOfLiteral(definition.substr(range.begin, range.end - range.begin));
    if (!body) continue;
    const auto tree = ParseTree::Parse(*body);
    if (!tree) return true;
    for (std::size_t i = 0; i < tree->result().n_stmts; ++i) {
      const PgQuery__Node* statement = tree->result().stmts[i]->stmt;
      if (statement != nullptr && IsAnalysed(*statement)) names.Visit(statement->base);
    }
  }
  return names.AnyIsMissing();
}

}  // namespace schemac::sql
