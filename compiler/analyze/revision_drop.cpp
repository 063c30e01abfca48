// Drops. The file says what goes, the plan finds the way: what still refers to the object (a view that a
// later item replaces) steps aside for the moment. At the end nothing may be left that needs what is gone.
#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "compiler/analyze/revision.h"
#include "compiler/analyze/targets.h"
#include "schema/dependencies.h"
#include "schema/edit/drop.h"

namespace schemac::analyze {

using schema::DependencyKind;
using schema::Object;
using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

// `restore {"a": 1}` comes as text.
ValueText RestoreValue(const Context& context, const ast::SqlText& text) {
  const std::string_view source = context.Text(text.span);
  if (!source.empty() && (source.front() == '{' || source.front() == '[')) return ast::JsonText{text.span};
  return text;
}

std::optional<schema::Expression> ReadRestore(Context& context, const ObjectAddress& address,
                                              const ast::SqlText& text, const Namespace& where) {
  const schema::Table* table = context.catalog.FindTable(address.qualified());
  const schema::Column* column = table == nullptr ? nullptr : table->FindColumn(address.member);
  if (column == nullptr) return std::nullopt;
  sql::Scope scope = context.ScopeOf(where);
  scope.table = table;
  scope.value_type = column->type;
  return context.Value(RestoreValue(context, text), scope);
}

// Calls `visit` for all that the object needs, its columns included.
template <typename Visit>
void ForEachNeed(const Object& object, const Visit& visit) {
  const auto filtered = [&](const ObjectAddress& target, DependencyKind kind) {
    if (kind == DependencyKind::Normal) visit(target);
  };
  schema::ForEachDependency(object, filtered);
  const auto* table = std::get_if<schema::Table>(&object);
  if (table == nullptr) return;
  for (const schema::Column& column : table->columns)
    schema::ForEachDependency(table->name, column, filtered);
}

// Whether `target` is the object or a column of it.
bool IsOf(const ObjectAddress& target, const ObjectAddress& object) {
  if (target == object) return true;
  const bool is_relation = object.kind == ObjectKind::Table || object.kind == ObjectKind::View;
  return is_relation && target.kind == ObjectKind::Column && target.qualified() == object.qualified();
}

bool IsPartOf(const ObjectAddress& part, const ObjectAddress& object) {
  if (!schema::IsTablePart(part.kind)) return false;
  const bool is_relation = object.kind == ObjectKind::Table || object.kind == ObjectKind::View;
  return is_relation && part.qualified() == object.qualified();
}

std::vector<Object> NeededBy(const schema::Catalog& catalog, const ObjectAddress& gone) {
  std::vector<Object> dependents;
  const bool in_table = schema::IsTablePart(gone.kind);
  for (const ObjectAddress& address : catalog.Mentioning(gone.qualified())) {
    const Object& object = *catalog.Find(address);
    if (address == gone || IsPartOf(address, gone)) continue;
    if (in_table && address == schema::TableOf(gone)) continue;
    // These go with the column.
    const bool goes_too = address.kind == ObjectKind::Constraint || address.kind == ObjectKind::Index;
    if (in_table && goes_too && address.qualified() == gone.qualified()) continue;
    bool needs = false;
    ForEachNeed(object, [&](const ObjectAddress& target) { needs = needs || IsOf(target, gone); });
    const auto* constraint = std::get_if<schema::Constraint>(&object);
    if (!needs && constraint != nullptr && constraint->foreign_key) {
      const auto referenced = schema::FindReferencedKey(catalog, *constraint);
      needs = referenced && (*referenced == gone || IsPartOf(*referenced, gone));
    }
    if (needs) dependents.push_back(object);
  }
  return dependents;
}

// `select *` means other columns now. What cannot be read stays: a later item may replace it, or the last
// check speaks of it.
bool ReadViewAgain(Context& context, Object& object) {
  auto* view = std::get_if<schema::View>(&object);
  if (view == nullptr) return false;
  std::vector<std::string> columns;
  auto query = sql::ParseQuery(view->query.text, context.ScopeOf(Namespace{}), &columns);
  if (!query) return false;
  view->query = *std::move(query);
  if (!view->explicit_columns) view->columns = std::move(columns);
  return true;
}

schema::Done DropAndKeepRest(Context& context, const ObjectAddress& address) {
  schema::Done done = schema::Drop(context.catalog, address, false);
  if (done) return done;
  std::vector<Object> aside = NeededBy(context.catalog, address);
  for (const Object& object : aside) context.catalog.Remove(schema::AddressOf(object));
  schema::Done again = schema::Drop(context.catalog, address, false);
  for (Object& object : aside) {
    if (again) ReadViewAgain(context, object);
    context.catalog.Put(std::move(object));
  }
  return again ? again : done;
}

// A column that comes from this parent only goes with it, in all tables below.
schema::Done DropFromChildren(Context& context, const ObjectAddress& column) {
  for (const schema::QualifiedName& name : context.catalog.ChildrenOf(column.qualified())) {
    const schema::Table& child = *context.catalog.FindTable(name);
    const schema::Column* found = child.FindColumn(column.member);
    if (found == nullptr || !found->inherited) continue;
    const std::vector<schema::QualifiedName> parents = schema::ParentsOf(child);
    const bool given_by_another = std::any_of(parents.begin(), parents.end(), [&](const auto& parent) {
      const schema::Table* table = context.catalog.FindTable(parent);
      return table != nullptr && table->FindColumn(column.member) != nullptr;
    });
    if (given_by_another) continue;
    const ObjectAddress address{ObjectKind::Column, name.schema, name.name, column.member};
    schema::Done done = DropAndKeepRest(context, address);
    if (done) done = DropFromChildren(context, address);
    if (!done) return done;
  }
  return std::monostate{};
}

}  // namespace

void DropTarget(Context& context, const ast::DropItem& drop, const Namespace& where) {
  const auto address = FindTarget(context, drop.target, where);
  if (!address) return;
  const bool is_column = address->kind == ObjectKind::Column;
  if ((drop.restore && !is_column) || (drop.concurrently && address->kind != ObjectKind::Index)) {
    context.Report(
        Diagnostic(DiagnosticKind::InvalidDefinition, drop.span,
                   drop.restore ? "only a column can be restored" : "only an index is dropped concurrently"));
    return;
  }
  std::optional<schema::Expression> restore;
  if (drop.restore) {
    restore = ReadRestore(context, *address, *drop.restore, where);
    if (!restore) return;
  }
  schema::Done done = DropAndKeepRest(context, *address);
  if (done && is_column) done = DropFromChildren(context, *address);
  if (!done) {
    context.Report(
        Diagnostic(done.error().kind, drop.target.span, done.error().message).Fix(done.error().fix));
    return;
  }
  if (restore) context.intent.restores[*address] = *std::move(restore);
  if (drop.concurrently) context.intent.concurrently.insert(*address);
  context.Forget(*address);
  context.dropped[*address] = drop.target.span;
}

namespace {

// The dropped object that `target` is or belongs to.
const std::pair<const ObjectAddress, Span>* FindDropped(const Context& context, const ObjectAddress& target) {
  if (context.catalog.Has(target)) return nullptr;
  auto found = context.dropped.find(target);
  if (found == context.dropped.end() && target.kind == ObjectKind::Column) {
    found = context.dropped.find({ObjectKind::Table, target.schema, target.name, ""});
    if (found == context.dropped.end()) {
      found = context.dropped.find({ObjectKind::View, target.schema, target.name, ""});
    }
  }
  return found == context.dropped.end() ? nullptr : &*found;
}

// Whether something else has taken the name: a view in the place of a table, a domain in that of an enum. An
// object that names a relation or a type may name either.
bool IsTaken(const schema::Catalog& catalog, const ObjectAddress& gone) {
  switch (gone.kind) {
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::Sequence:
      return catalog.FindRelation(gone.qualified()).has_value();
    case ObjectKind::Enum:
    case ObjectKind::Domain:
    case ObjectKind::Composite:
    case ObjectKind::Range:
      return catalog.FindType(gone.qualified()).has_value();
    default:
      return false;
  }
}

void ReportDangling(Context& context, const ObjectAddress& gone, const Span& span,
                    const ObjectAddress& dependent) {
  context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, span,
                            fmt::format("cannot drop {}: {} needs it", schema::Describe(gone),
                                        schema::Describe(dependent)))
                     .Fix("drop or replace what needs it in the same revision"));
}

// What a view reads may be something else by now.
void ReadDanglingViewsAgain(Context& context) {
  std::vector<std::pair<Object, const std::pair<const ObjectAddress, Span>*>> again;
  for (const auto& [address, object] : context.catalog.objects()) {
    if (address.kind != ObjectKind::View) continue;
    const std::pair<const ObjectAddress, Span>* gone = nullptr;
    ForEachNeed(object, [&](const ObjectAddress& target) {
      if (gone == nullptr) gone = FindDropped(context, target);
    });
    if (gone != nullptr) again.emplace_back(object, gone);
  }
  for (auto& [object, gone] : again) {
    const ObjectAddress address = schema::AddressOf(object);
    if (!ReadViewAgain(context, object)) {
      ReportDangling(context, gone->first, gone->second, address);
      continue;
    }
    context.catalog.Put(std::move(object));
  }
}

// A foreign key whose key has gone: one of the dropped parts of the table it refers to.
void CheckKey(Context& context, const schema::Constraint& constraint) {
  if (!constraint.foreign_key || schema::FindReferencedKey(context.catalog, constraint)) return;
  for (const auto& [gone, span] : context.dropped) {
    const bool may_be_key = gone.kind == ObjectKind::Constraint || gone.kind == ObjectKind::Index ||
                            gone.kind == ObjectKind::Column;
    if (!may_be_key || gone.qualified() != constraint.foreign_key->table) continue;
    ReportDangling(context, gone, span,
                   {ObjectKind::Constraint, constraint.table.schema, constraint.table.name, constraint.name});
  }
}

}  // namespace

void CheckNothingDangles(Context& context) {
  if (context.dropped.empty()) return;
  ReadDanglingViewsAgain(context);
  for (const auto& [address, object] : context.catalog.objects()) {
    ForEachNeed(object, [&, &address = address](const ObjectAddress& target) {
      const auto* gone = FindDropped(context, target);
      if (gone == nullptr || IsTaken(context.catalog, gone->first)) return;
      ReportDangling(context, gone->first, gone->second, address);
    });
    if (const auto* constraint = std::get_if<schema::Constraint>(&object)) CheckKey(context, *constraint);
  }
}

}  // namespace schemac::analyze
