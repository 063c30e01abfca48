// ALTER COLUMN TYPE says what, not how: the plan drops and makes again what PostgreSQL would refuse to keep
// around the change, so here it steps aside for the moment.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/analyze/revision.h"
#include "schema/dependencies.h"

namespace schemac::analyze {

using schema::Object;
using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

bool Mentions(const Object& object, const std::vector<ObjectAddress>& targets) {
  bool found = false;
  schema::ForEachDependency(object, [&](const ObjectAddress& target, schema::DependencyKind) {
    found = found || std::find(targets.begin(), targets.end(), target) != targets.end();
  });
  return found;
}

// What PostgreSQL refuses to keep, with the views on those views: their columns may have other types
// afterwards.
std::vector<Object> DependentsOf(const schema::Catalog& catalog, const ObjectAddress& column) {
  std::vector<Object> dependents;
  std::vector<ObjectAddress> targets{column};
  for (std::size_t before = 0; before < targets.size();) {
    before = targets.size();
    for (const auto& [address, object] : catalog.objects()) {
      const bool steps_aside = address.kind == ObjectKind::View || address.kind == ObjectKind::Rule ||
                               address.kind == ObjectKind::Policy || address.kind == ObjectKind::Trigger;
      if (!steps_aside || std::find(targets.begin(), targets.end(), address) != targets.end()) continue;
      if (!Mentions(object, targets)) continue;
      dependents.push_back(object);
      targets.push_back(address);
    }
  }
  return dependents;
}

bool Uses(const schema::Column& column, const ObjectAddress& used) {
  if (!column.generated) return false;
  const auto& references = column.generated->references;
  return std::any_of(references.begin(), references.end(),
                     [&](const schema::Reference& reference) { return reference.target == used; });
}

// Read again: which casts are needless depends on the types of columns. Texts in a catalog are written for
// `public`.
void ReadAgain(Context& context, schema::View& view, Span place) {
  const sql::Scope scope = context.ScopeOf(Namespace{});
  std::vector<std::string> columns;
  auto query = sql::ParseQuery(view.query.text, scope, &columns);
  if (query) {
    view.query = *std::move(query);
    return;
  }
  context.Report(Diagnostic(
      query.error().kind, place,
      fmt::format("view {} does not fit the new type: {}", Quoted(view.name.name), query.error().message)));
}

void ReadAgain(Context& context, const schema::Table& table, schema::Column& column,
               const std::string& generated, Span place) {
  sql::Scope scope = context.ScopeOf(Namespace{});
  scope.table = &table;
  scope.value_type = column.type;
  auto expression = sql::ParseExpression(generated, scope);
  if (expression) {
    column.generated = *std::move(expression);
    return;
  }
  context.Report(Diagnostic(expression.error().kind, place,
                            fmt::format("column {} does not fit the new type: {}", Quoted(column.name),
                                        expression.error().message)));
}

// The default stays as it is written; if it does not fit the new type, another line must say what it is then.
void ReadDefaultAgain(Context& context, const ObjectAddress& column, const std::string& text) {
  auto* table = context.catalog.GetMutable<schema::Table>(schema::TableOf(column));
  schema::Column* changed = table == nullptr ? nullptr : table->FindColumn(column.member);
  if (changed == nullptr || !changed->default_value) return;
  sql::Scope scope = context.ScopeOf(Namespace{});
  scope.value_type = changed->type;
  if (auto expression = sql::ParseExpression(text, scope)) changed->default_value = *std::move(expression);
}

}  // namespace

bool ChangeType(Context& context, const SqlTemplate& sql, const Namespace& where,
                const ObjectAddress& column) {
  const schema::QualifiedName name = column.qualified();
  std::vector<Object> aside = DependentsOf(context.catalog, column);
  for (const Object& object : aside) context.catalog.Remove(schema::AddressOf(object));
  std::vector<std::pair<std::string, schema::Expression>> generated;
  const ObjectAddress table_address = schema::TableOf(column);
  if (auto* table = context.catalog.GetMutable<schema::Table>(table_address)) {
    for (schema::Column& other : table->columns) {
      if (!Uses(other, column)) continue;
      generated.emplace_back(other.name, *other.generated);
      other.generated.reset();
    }
  }
  Boxed<schema::Expression> default_value;
  if (const schema::Table* table = context.catalog.FindTable(name)) {
    default_value = table->FindColumn(column.member)->default_value;
  }
  const auto error = context.Try(sql, where);
  if (default_value && !error) ReadDefaultAgain(context, column, default_value->text);
  if (auto* table = context.catalog.GetMutable<schema::Table>(table_address)) {
    for (auto& [other, expression] : generated) {
      schema::Column& target = *table->FindColumn(other);
      if (error) {
        target.generated = std::move(expression);
      } else {
        ReadAgain(context, *table, target, expression.text, sql.place());
      }
    }
  }
  for (Object& object : aside) {
    auto* view = std::get_if<schema::View>(&object);
    if (view != nullptr && !error) ReadAgain(context, *view, sql.place());
    context.catalog.Put(std::move(object));
  }
  if (error) context.Report(*error, sql);
  return !error;
}

}  // namespace schemac::analyze
