#include "compiler/sql/replace_view.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/deep_stack.h"
#include "compiler/sql/parse_tree.h"

namespace schemac::sql {
namespace {

using schema::Catalog;
using schema::View;

struct OutputColumn {
  std::string name;
  TypeKey type;
  std::string modifiers;
  // Whether the modifiers are what the server finds. It also looks for those that all arms of CASE, COALESCE,
  // UNION and the like have in common (exprTypmod in nodeFuncs.c); analysis does not.
  bool is_settled = false;
};

// Columns and casts bring their modifiers, results of functions and operators have none.
bool IsSettled(const Term& term) {
  if (term.kind == TermKind::Cast || term.kind == TermKind::Constant) return !term.is_null;
  if (term.head == "call" || term.head == "op") return true;
  if (term.head != "col" || !term.mention) return false;
  return term.mention->target.kind == schema::ObjectKind::Column;
}

// A column of a table, not one that a view computes. `t.c::varchar` means the column as well, but without its
// modifiers.
bool IsTableColumn(const Catalog& catalog, const Term& term, const PgQuery__SelectStmt& select,
                   std::size_t index, std::size_t count) {
  if (term.head != "col") return true;
  if (catalog.FindTable(term.mention->target.qualified()) == nullptr) return false;
  if (select.n_target_list != count) return true;  // There is a `*`.
  return select.target_list[index]->res_target->val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF;
}

// nullopt when the query cannot be understood to the last column.
std::optional<std::vector<OutputColumn>> OutputOf(const PgQuery__SelectStmt& select, const View& view,
                                                  const Catalog& catalog) {
  const Tokens tokens(view.query.text);
  const Scope scope{&catalog, {"public"}, nullptr, std::nullopt, std::nullopt};
  Analyzer analyzer(scope, tokens);
  const QueryResult result = analyzer.Query(select);
  const bool is_whole = result.known && !analyzer.error() && result.columns.size() == view.columns.size();
  if (!is_whole || result.term == nullptr) return std::nullopt;
  const bool is_plain = result.term->head == "select" && !result.term->children.empty();
  std::vector<OutputColumn> columns;
  for (std::size_t i = 0; i < result.columns.size(); ++i) {
    OutputColumn column{view.columns[i], result.columns[i].type, result.columns[i].modifiers, false};
    if (is_plain && i < result.term->children[0]->children.size()) {
      const Term& term = *result.term->children[0]->children[i];
      column.is_settled = IsSettled(term) && IsTableColumn(catalog, term, select, i, result.columns.size());
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

std::optional<std::vector<OutputColumn>> OutputOf(const View& view, const Catalog& catalog) {
  const auto tree = ParseTree::Parse(view.query.text);
  if (!tree || tree->result().n_stmts != 1) return std::nullopt;
  const PgQuery__Node& statement = *tree->result().stmts[0]->stmt;
  if (statement.node_case != PG_QUERY__NODE__NODE_SELECT_STMT) return std::nullopt;
  std::optional<std::vector<OutputColumn>> columns;
  RunOnDeepStack(MeasureNesting(view.query.text),
                 [&] { columns = OutputOf(*statement.select_stmt, view, catalog); });
  return columns;
}

bool MayHaveModifiers(const TypeKey& type) {
  static constexpr std::array<std::string_view, 10> kTypes = {"varchar",     "bpchar",    "numeric", "bit",
                                                              "varbit",      "timestamp", "time",    "timetz",
                                                              "timestamptz", "interval"};
  const TypeKey element = ElementOf(type).empty() ? type : ElementOf(type);
  // A type of an extension (geometry) may have them as well, one of the catalog has none.
  return IsUserKey(element) || std::ranges::find(kTypes, element) != kTypes.end();
}

bool MayHaveCollation(const TypeKey& type) {
  static constexpr std::array<std::string_view, 3> kTypes = {"text", "varchar", "bpchar"};
  const TypeKey element = ElementOf(type).empty() ? type : ElementOf(type);
  return IsUserKey(element) || std::ranges::find(kTypes, element) != kTypes.end();
}

// Whether some column or query may yield another collation than that of the database.
bool UsesCollations(const View& view, const Catalog& catalog) {
  if (view.query.canonical.find("collate") != std::string::npos) return true;
  return std::ranges::any_of(catalog.objects(), [](const auto& entry) {
    if (const auto* domain = std::get_if<schema::Domain>(&entry.second)) return domain->collation.has_value();
    const auto* table = std::get_if<schema::Table>(&entry.second);
    return table != nullptr && std::ranges::any_of(table->columns, [](const schema::Column& column) {
             return column.collation.has_value();
           });
  });
}

bool IsSame(const OutputColumn& before, const OutputColumn& after, const Catalog& target, bool collates) {
  if (before.name != after.name || before.type != after.type || before.modifiers != after.modifiers)
    return false;
  if (before.type == kUndetermined || before.type == kUnknown) return false;
  const TypeKey element = ElementOf(before.type);
  const schema::Object* type = TypeSystem(&target).Find(element.empty() ? before.type : element);
  const bool is_enum = type != nullptr && std::holds_alternative<schema::Enum>(*type);
  if (collates && !is_enum && MayHaveCollation(before.type)) return false;
  return type != nullptr || !MayHaveModifiers(before.type) || (before.is_settled && after.is_settled);
}

}  // namespace

bool ReplaceKeepsColumns(const View& before, const Catalog& source, const View& after,
                         const Catalog& target) {
  if (before.materialized || after.materialized || before.columns.empty()) return false;
  if (before.columns.size() > after.columns.size()) return false;
  if (!std::equal(before.columns.begin(), before.columns.end(), after.columns.begin())) return false;
  const auto had = OutputOf(before, source);
  const auto has = OutputOf(after, target);
  if (!had || !has) return false;
  const bool collates = UsesCollations(before, source) || UsesCollations(after, target);
  return std::equal(had->begin(), had->end(), has->begin(),
                    [&](const OutputColumn& left, const OutputColumn& right) {
                      return IsSame(left, right, target, collates);
                    });
}

}  // namespace schemac::sql
