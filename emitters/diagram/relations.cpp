#include "emitters/diagram/relations.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/quote.h"
#include "schema/keys.h"

namespace schemac::emitters {
namespace {

using schema::ConstraintKind;
using schema::ObjectKind;

// The keys of a table: each a set of columns that no two rows have alike.
std::vector<std::set<std::string>> UniqueSets(const schema::Catalog& catalog,
                                              const schema::QualifiedName& table) {
  std::vector<std::set<std::string>> sets;
  for (const schema::Object* object : catalog.PartsOf(table, ObjectKind::Constraint)) {
    const auto& constraint = std::get<schema::Constraint>(*object);
    if (schema::IsKey(constraint.kind))
      sets.emplace_back(constraint.columns.begin(), constraint.columns.end());
  }
  for (const schema::Object* object : catalog.PartsOf(table, ObjectKind::Index)) {
    const auto& index = std::get<schema::Index>(*object);
    const bool plain = index.unique && !index.where &&
                       std::ranges::all_of(index.elements, [](const schema::IndexElement& element) {
                         return !element.column.empty();
                       });
    if (!plain) continue;
    std::set<std::string>& columns = sets.emplace_back();
    for (const schema::IndexElement& element : index.elements) columns.insert(element.column);
  }
  return sets;
}

void DrawTable(const schema::Catalog& catalog, const schema::Table& table, Drawing& drawing) {
  const std::vector<std::set<std::string>> unique = UniqueSets(catalog, table.name);
  std::set<std::string> primary;
  std::set<std::string> foreign;
  for (const schema::Object* object : catalog.PartsOf(table.name, ObjectKind::Constraint)) {
    const auto& constraint = std::get<schema::Constraint>(*object);
    if (constraint.kind == ConstraintKind::PrimaryKey)
      primary.insert(constraint.columns.begin(), constraint.columns.end());
    if (!constraint.foreign_key) continue;
    foreign.insert(constraint.columns.begin(), constraint.columns.end());
    const std::set<std::string> columns(constraint.columns.begin(), constraint.columns.end());
    const schema::QualifiedName& to = constraint.foreign_key->table;
    drawing.keys.push_back(
        {QuoteQualified(table.name.schema, table.name.name), QuoteQualified(to.schema, to.name),
         fmt::format("{}", fmt::join(constraint.columns, ", ")),
         std::ranges::all_of(columns,
                             [&](const std::string& name) {
                               const schema::Column* column = table.FindColumn(name);
                               return column != nullptr && column->not_null;
                             }),
         std::ranges::any_of(
             unique, [&](const std::set<std::string>& set) { return std::ranges::includes(columns, set); })});
  }
  DrawnTable& drawn = drawing.tables.emplace_back();
  drawn.name = QuoteQualified(table.name.schema, table.name.name);
  for (const schema::Column& column : table.columns) {
    const std::set<std::string> alone{column.name};
    drawn.columns.push_back({column.name, schema::FormatType(column.type), column.not_null,
                             primary.contains(column.name), foreign.contains(column.name),
                             std::ranges::find(unique, alone) != unique.end()});
  }
}

}  // namespace

Drawing Draw(const schema::Catalog& catalog) {
  Drawing drawing;
  for (const auto& [address, object] : catalog.objects()) {
    const auto* table = std::get_if<schema::Table>(&object);
    if (table != nullptr && !table->partition_of) DrawTable(catalog, *table, drawing);
  }
  return drawing;
}

}  // namespace schemac::emitters
