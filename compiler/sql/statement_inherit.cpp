#include "compiler/sql/statement_inherit.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/support/quote.h"
#include "schema/dependencies.h"
#include "schema/edit/names.h"
#include "schema/partitions.h"

namespace schemac::sql {

using schema::Column;
using schema::Constraint;
using schema::ConstraintKind;
using schema::Index;
using schema::ObjectKind;
using schema::QualifiedName;
using schema::Table;

namespace {

void RetargetAll(schema::Object& object, const QualifiedName& from, const QualifiedName& to) {
  schema::ForEachExpression(object, [&](schema::Expression& expression) { Retarget(expression, from, to); });
}

bool IsPartition(const schema::Catalog& catalog, const QualifiedName& table) {
  const Table* found = catalog.FindTable(table);
  return found != nullptr && found->partition_of.has_value();
}

// What a child takes of a column (tablecmds.c, MergeAttributes): no identity, comment, privileges or
// statistics.
Column InheritColumn(const Column& column, const QualifiedName& from, const QualifiedName& to) {
  Column copy;
  copy.name = column.name;
  copy.type = column.type;
  copy.not_null = column.not_null;
  copy.default_value = column.default_value;
  copy.generated = column.generated;
  copy.collation = column.collation;
  copy.storage = column.storage;
  copy.compression = column.compression;
  copy.inherited = true;
  if (copy.default_value) Retarget(*copy.default_value, from, to);
  if (copy.generated) Retarget(*copy.generated, from, to);
  return copy;
}

// Whether the two keys say the same of their own tables.
bool SameKey(const Constraint& left, const Constraint& right) {
  return left.kind == right.kind && left.columns == right.columns && left.include == right.include &&
         left.nulls_not_distinct == right.nulls_not_distinct && left.deferrable == right.deferrable &&
         left.elements == right.elements;
}

bool SameIndex(const Index& left, const Index& right) {
  return left.unique == right.unique && left.method == right.method && left.elements == right.elements &&
         left.include == right.include && left.where == right.where &&
         left.nulls_not_distinct == right.nulls_not_distinct;
}

// The names of the parts, copied: the parts change while we go through them.
std::vector<std::string> PartNames(const schema::Catalog& catalog, const QualifiedName& table,
                                   ObjectKind kind) {
  std::vector<std::string> names;
  for (const schema::Object* part : catalog.PartsOf(table, kind))
    names.push_back(schema::AddressOf(*part).member);
  return names;
}

Done InheritOneConstraint(Session& session, const Constraint& constraint, const QualifiedName& child) {
  auto inherited = InheritConstraint(session, constraint, child);
  if (!inherited) return inherited.error();
  if (!inherited->has_value()) return Ok();
  Constraint copy = std::move(**inherited);
  if (AdoptKey(session, copy)) return Ok();
  auto* existing = session.catalog->GetMutable<Constraint>(schema::AddressOf(copy));
  if (existing != nullptr && existing->check && existing->check == copy.check) {
    existing->inherited = IsPartition(*session.catalog, child) || existing->inherited;
    return Ok();
  }
  return schema::AddConstraint(*session.catalog, std::move(copy));
}

}  // namespace

void Retarget(schema::Expression& expression, const QualifiedName& from, const QualifiedName& to) {
  if (from == to) return;
  schema::RenameInExpression(expression, TableAddress(from), TableAddress(to));
}

bool AdoptKey(Session& session, const Constraint& inherited) {
  if (inherited.kind == ConstraintKind::Check) return false;
  const QualifiedName& child = inherited.table;
  for (const std::string& name : PartNames(*session.catalog, child, ObjectKind::Constraint)) {
    auto* existing =
        session.catalog->GetMutable<Constraint>({ObjectKind::Constraint, child.schema, child.name, name});
    if (existing->inherited || !SameKey(*existing, inherited)) continue;
    existing->inherited = true;
    existing->no_inherit = true;
    return true;
  }
  return false;
}

void AdoptForeignKeys(Session& session, const Constraint& parents, const QualifiedName& child) {
  if (!parents.foreign_key || !IsPartition(*session.catalog, child)) return;
  for (const std::string& name : PartNames(*session.catalog, child, ObjectKind::Constraint)) {
    const schema::ObjectAddress address{ObjectKind::Constraint, child.schema, child.name, name};
    if (!schema::IsTakenOver(*session.catalog->Get<Constraint>(address), parents)) continue;
    session.catalog->Remove(address);
    return;
  }
  for (const QualifiedName& below : session.catalog->ChildrenOf(child))
    AdoptForeignKeys(session, parents, below);
}

ErrorOr<std::optional<Constraint>> InheritConstraint(const Session& session, const Constraint& constraint,
                                                     const QualifiedName& child) {
  const bool is_partition = IsPartition(*session.catalog, child);
  const bool reaches = constraint.kind == ConstraintKind::Check
                           ? !constraint.no_inherit
                           : is_partition && constraint.kind != ConstraintKind::ForeignKey;
  if (!reaches) return std::optional<Constraint>();
  schema::Object object = constraint;
  RetargetAll(object, constraint.table, child);
  auto copy = std::get<Constraint>(std::move(object));
  copy.table = child;
  copy.comment.clear();
  copy.inherited = true;
  if (copy.kind != ConstraintKind::Check) {
    copy.no_inherit = false;
    copy.name.clear();
    copy.name = schema::ChooseConstraintName(*session.catalog, copy);
  }
  return std::optional(std::move(copy));
}

Done RequireChecksOf(const Session& session, const QualifiedName& parent, const QualifiedName& child) {
  for (const schema::Object* part : session.catalog->PartsOf(parent, ObjectKind::Constraint)) {
    const auto& check = std::get<Constraint>(*part);
    if (check.kind != ConstraintKind::Check || check.no_inherit) continue;
    const auto* own =
        session.catalog->Get<Constraint>({ObjectKind::Constraint, child.schema, child.name, check.name});
    if (own == nullptr || own->kind != ConstraintKind::Check)
      return ErrorAt(-1, fmt::format("child table is missing constraint \"{}\"", check.name));
  }
  return Ok();
}

Index InheritIndex(const Session& session, const Index& index, const QualifiedName& child) {
  schema::Object object = index;
  RetargetAll(object, index.table, child);
  auto copy = std::get<Index>(std::move(object));
  copy.parent = QuoteQualified(index.table.schema, index.name);
  copy.table = child;
  copy.comment.clear();
  copy.statistics.clear();
  copy.only = false;
  copy.name.clear();
  copy.name = schema::ChooseIndexName(*session.catalog, copy);
  return copy;
}

Done GiveIndexToChildren(Session& session, const Index& index) {
  for (const QualifiedName& child : session.catalog->ChildrenOf(index.table)) {
    if (auto done = GiveIndex(session, index, child); !done) return done;
  }
  return Ok();
}

Done GiveIndex(Session& session, const Index& index, const QualifiedName& child) {
  const Index copy = InheritIndex(session, index, child);
  for (const std::string& name : PartNames(*session.catalog, child, ObjectKind::Index)) {
    auto* existing = session.catalog->GetMutable<Index>({ObjectKind::Index, child.schema, child.name, name});
    if (!existing->parent.empty() || !SameIndex(*existing, copy)) continue;
    existing->parent = copy.parent;
    return Ok();
  }
  if (auto created = schema::Create(*session.catalog, copy); !created) return created.error();
  return GiveIndexToChildren(session, copy);
}

ErrorOr<std::vector<Column>> InheritedColumns(const Session& session,
                                              const std::vector<QualifiedName>& parents, bool is_partition) {
  std::vector<Column> columns;
  for (const QualifiedName& name : parents) {
    const Table* parent = session.catalog->FindTable(name);
    if (parent == nullptr) return ErrorAt(-1, fmt::format("relation \"{}\" is not a table", Written(name)));
    if (parent->partition_key && !is_partition) {
      return ErrorAt(-1, fmt::format("cannot inherit from partitioned table \"{}\"", name.name));
    }
    for (const Column& column : parent->columns) {
      const auto same = std::ranges::find(columns, column.name, &Column::name);
      if (same == columns.end()) {
        columns.push_back(InheritColumn(column, name, name));
        continue;
      }
      if (same->type != column.type)
        return ErrorAt(-1, fmt::format("inherited column \"{}\" has a type conflict", column.name));
      same->not_null = same->not_null || column.not_null;
    }
  }
  return columns;
}

Done InheritParts(Session& session, const QualifiedName& parent, const QualifiedName& child,
                  bool is_partition) {
  for (const std::string& name : PartNames(*session.catalog, parent, ObjectKind::Constraint)) {
    const Constraint constraint =
        *session.catalog->Get<Constraint>({ObjectKind::Constraint, parent.schema, parent.name, name});
    if (auto done = InheritOneConstraint(session, constraint, child); !done) return done;
  }
  if (!is_partition) return Ok();
  for (const std::string& name : PartNames(*session.catalog, parent, ObjectKind::Index)) {
    const Index index = *session.catalog->Get<Index>({ObjectKind::Index, parent.schema, parent.name, name});
    if (auto given = GiveIndex(session, index, child); !given) return given;
  }
  return Ok();
}

Done SetInherit(Session& session, const QualifiedName& child, const PgQuery__RangeVar& relation,
                bool inherit) {
  const auto parent = ResolveTable(session, relation);
  if (!parent) return parent.error();
  const QualifiedName parent_name = (*parent)->name;
  auto* table = session.catalog->GetMutable<Table>(TableAddress(child));
  const auto found = std::ranges::find(table->inherits, parent_name);
  if (!inherit) {
    if (found == table->inherits.end()) {
      return ErrorAt(relation.location, fmt::format("relation \"{}\" is not a parent of relation \"{}\"",
                                                    parent_name.name, child.name));
    }
    table->inherits.erase(found);
    if (!table->inherits.empty()) return Ok();
    for (Column& column : table->columns) column.inherited = false;
    for (const std::string& name : PartNames(*session.catalog, child, ObjectKind::Constraint)) {
      session.catalog->GetMutable<Constraint>({ObjectKind::Constraint, child.schema, child.name, name})
          ->inherited = false;
    }
    return Ok();
  }
  if (found != table->inherits.end()) {
    return ErrorAt(relation.location,
                   fmt::format("relation \"{}\" would be inherited from more than once", parent_name.name));
  }
  for (const Column& column : (*parent)->columns) {
    if (table->FindColumn(column.name) == nullptr) {
      return ErrorAt(relation.location, fmt::format("child table is missing column \"{}\"", column.name));
    }
  }
  if (auto done = RequireChecksOf(session, parent_name, child); !done) return done;
  Table changed = *table;
  changed.inherits.push_back(parent_name);
  session.catalog->Put(std::move(changed));
  return Ok();
}

}  // namespace schemac::sql
