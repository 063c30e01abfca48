// What PostgreSQL drops and makes by itself: parts of a dropped table, keys and indexes on a dropped column,
// sequences of what owns them, and the copies of a parent's indexes and constraints on its children.
#include <algorithm>

#include "compiler/plan/graph.h"
#include "compiler/plan/work.h"
#include "compiler/support/quote.h"
#include "schema/edit/names.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

// Keys between tables that are dropped together and refer to one another in a ring: one of them has to go
// first.
std::set<ObjectAddress> KeysInRings(const Work& work) {
  std::map<ObjectAddress, std::size_t> tables;
  for (const auto& [address, fate] : work.objects) {
    if (address.kind == ObjectKind::Table && work.Goes(address)) tables.emplace(address, tables.size());
  }
  Graph graph(tables.size());
  std::vector<std::pair<ObjectAddress, std::pair<std::size_t, std::size_t>>> keys;
  for (const auto& [table, number] : tables) {
    for (const schema::Object* part : work.source.PartsOf(table.qualified(), ObjectKind::Constraint)) {
      const auto& constraint = std::get<schema::Constraint>(*part);
      if (!constraint.foreign_key) continue;
      const auto target = tables.find(TableAddress(constraint.foreign_key->table));
      if (target == tables.end() || target->second == number) continue;
      graph.Add(number, target->second);
      keys.push_back({AddressOf(*part), {number, target->second}});
    }
  }
  const std::vector<std::size_t> ring = graph.Components();
  std::set<ObjectAddress> result;
  for (const auto& [key, ends] : keys) {
    if (ring[ends.first] == ring[ends.second]) result.insert(key);
  }
  return result;
}

bool GoesColumn(const Work& work, const QualifiedName& table, const std::string& column,
                ObjectAddress& found) {
  const ObjectAddress address = ColumnAddress(table, column);
  if (column.empty() || !work.Goes(address)) return false;
  found = address;
  return true;
}

// A dropped column takes along keys and indexes on it. Checks are dropped by name: they may read other
// columns as well.
std::optional<ObjectAddress> DroppedColumnOf(const Work& work, const schema::Object& object) {
  ObjectAddress found;
  const auto any = [&](const QualifiedName& table, const std::vector<std::string>& columns) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const std::string& column) { return GoesColumn(work, table, column, found); });
  };
  const auto any_element = [&](const QualifiedName& table,
                               const std::vector<schema::IndexElement>& elements) {
    return std::any_of(elements.begin(), elements.end(), [&](const schema::IndexElement& element) {
      return GoesColumn(work, table, element.column, found);
    });
  };
  if (const auto* index = std::get_if<schema::Index>(&object)) {
    if (any_element(index->table, index->elements) || any(index->table, index->include)) return found;
  }
  if (const auto* constraint = std::get_if<schema::Constraint>(&object)) {
    if (any(constraint->table, constraint->columns) || any(constraint->table, constraint->include))
      return found;
    if (any_element(constraint->table, constraint->elements)) return found;
  }
  return std::nullopt;
}

// A parent's index by the text that a child's index keeps of it.
std::optional<ObjectAddress> ParentIndex(const schema::Catalog& catalog, const schema::Index& index) {
  const schema::Table* table = catalog.FindTable(index.table);
  if (table == nullptr || !table->partition_of || index.parent.empty()) return std::nullopt;
  const QualifiedName& parent = table->partition_of->parent;
  for (const schema::Object* part : catalog.PartsOf(parent, ObjectKind::Index)) {
    const auto& candidate = std::get<schema::Index>(*part);
    const bool same = QuoteQualified(parent.schema, candidate.name) == index.parent;
    if (same || candidate.name == index.parent) return AddressOf(*part);
  }
  return std::nullopt;
}

// The constraint of a parent that a child's is the copy of: by name, or else by what it says (partitions
// choose other names for keys).
std::optional<ObjectAddress> ParentConstraint(const schema::Catalog& catalog,
                                              const schema::Constraint& constraint) {
  const schema::Table* table = catalog.FindTable(constraint.table);
  if (table == nullptr || !constraint.inherited) return std::nullopt;
  std::optional<ObjectAddress> found;
  for (const QualifiedName& parent : ParentsOf(*table)) {
    for (const schema::Object* part : catalog.PartsOf(parent, ObjectKind::Constraint)) {
      const auto& candidate = std::get<schema::Constraint>(*part);
      if (candidate.kind != constraint.kind) continue;
      if (candidate.name == constraint.name) return AddressOf(*part);
      const bool same = candidate.kind != schema::ConstraintKind::Check &&
                        candidate.columns == constraint.columns &&
                        candidate.foreign_key == constraint.foreign_key;
      if (same && !found) found = AddressOf(*part);
    }
  }
  return found;
}

std::optional<ObjectAddress> ParentPart(const schema::Catalog& catalog, const schema::Object& object) {
  if (const auto* index = std::get_if<schema::Index>(&object)) return ParentIndex(catalog, *index);
  if (const auto* constraint = std::get_if<schema::Constraint>(&object))
    return ParentConstraint(catalog, *constraint);
  return std::nullopt;
}

std::optional<ObjectAddress> GoneWith(const Work& work, const ObjectAddress& address,
                                      const schema::Object& before) {
  if (IsTablePart(address.kind)) {
    for (const ObjectKind kind : {ObjectKind::Table, ObjectKind::View}) {
      const ObjectAddress owner{kind, address.schema, address.name, ""};
      if (work.Goes(owner)) return owner;
    }
  }
  if (const auto* sequence = std::get_if<schema::Sequence>(&before);
      sequence != nullptr && sequence->owned_by) {
    if (work.Goes(TableOf(*sequence->owned_by))) return TableOf(*sequence->owned_by);
    if (work.Goes(*sequence->owned_by)) return sequence->owned_by;
  }
  if (auto column = DroppedColumnOf(work, before)) return column;
  if (auto parent = ParentPart(work.source, before); parent && work.Goes(*parent)) return parent;
  return std::nullopt;
}

// A copy that the server makes has the name that it would choose; another name is made by hand, before the
// parent's, which takes it over (manual, CREATE INDEX: "matching indexes are attached").
bool HasChosenName(const schema::Index& index) {
  std::string columns;
  for (const schema::IndexElement& element : index.elements) {
    if (element.column.empty()) return false;
    columns += (columns.empty() ? "" : "_") + element.column;
  }
  return schema::MakeObjectName(index.table.name, columns, "idx") == index.name;
}

std::optional<ObjectAddress> MadeWith(const Work& work, const ObjectAddress& address,
                                      const schema::Object& after) {
  const auto parent = ParentPart(work.target, after);
  if (!parent) return std::nullopt;
  const auto* index = std::get_if<schema::Index>(&after);
  if (work.IsNew(*parent)) {
    if (index != nullptr && !HasChosenName(*index)) return std::nullopt;
    return parent;
  }
  return TableOf(address);
}

}  // namespace

void FindImplied(Work& work) {
  const std::set<ObjectAddress> rings = KeysInRings(work);
  for (const auto& [address, fate] : work.objects) {
    if (work.Goes(address) && fate.before != nullptr && !rings.contains(address)) {
      if (auto cause = GoneWith(work, address, *fate.before)) work.gone_with[address] = *cause;
    }
    if (work.IsNew(address) && fate.after != nullptr) {
      if (auto cause = MadeWith(work, address, *fate.after)) work.made_with[address] = *cause;
    }
  }
}

}  // namespace schemac::plan
