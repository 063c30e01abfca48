#include "schema/partitions.h"

#include <algorithm>

#include "compiler/support/quote.h"
#include "schema/edit/names.h"

namespace schemac::schema {
namespace {

// A parent's index by the text that a child's index keeps of it.
std::optional<ObjectAddress> ParentIndex(const Catalog& catalog, const Index& index) {
  const Table* table = catalog.FindTable(index.table);
  if (table == nullptr || !table->partition_of || index.parent.empty()) return std::nullopt;
  const QualifiedName& parent = table->partition_of->parent;
  for (const Object* part : catalog.PartsOf(parent, ObjectKind::Index)) {
    const auto& candidate = std::get<Index>(*part);
    const bool same = QuoteQualified(parent.schema, candidate.name) == index.parent;
    if (same || candidate.name == index.parent) return AddressOf(*part);
  }
  return std::nullopt;
}

// The constraint of a parent that a child's is the copy of: by name, or else by what it says (partitions
// choose other names for keys).
std::optional<ObjectAddress> ParentConstraint(const Catalog& catalog, const Constraint& constraint) {
  const Table* table = catalog.FindTable(constraint.table);
  if (table == nullptr || !constraint.inherited) return std::nullopt;
  std::optional<ObjectAddress> found;
  for (const QualifiedName& parent : ParentsOf(*table)) {
    for (const Object* part : catalog.PartsOf(parent, ObjectKind::Constraint)) {
      const auto& candidate = std::get<Constraint>(*part);
      if (candidate.kind != constraint.kind) continue;
      if (candidate.name == constraint.name) return AddressOf(*part);
      const bool same = candidate.kind != ConstraintKind::Check && candidate.columns == constraint.columns &&
                        candidate.foreign_key == constraint.foreign_key;
      if (same && !found) found = AddressOf(*part);
    }
  }
  return found;
}

}  // namespace

std::optional<ObjectAddress> ParentPart(const Catalog& catalog, const Object& object) {
  if (const auto* index = std::get_if<Index>(&object)) return ParentIndex(catalog, *index);
  if (const auto* constraint = std::get_if<Constraint>(&object))
    return ParentConstraint(catalog, *constraint);
  return std::nullopt;
}

std::vector<QualifiedName> PartitionedAncestors(const Catalog& catalog, const QualifiedName& table) {
  std::vector<QualifiedName> ancestors;
  const Table* at = catalog.FindTable(table);
  // No state is a ring of partitions, but one that is half way through an edit may be.
  while (at != nullptr && at->partition_of &&
         std::ranges::find(ancestors, at->partition_of->parent) == ancestors.end()) {
    ancestors.push_back(at->partition_of->parent);
    at = catalog.FindTable(ancestors.back());
  }
  return ancestors;
}

std::vector<QualifiedName> PartitionsBelow(const Catalog& catalog, const QualifiedName& table) {
  std::vector<QualifiedName> found;
  std::vector<QualifiedName> open{table};
  while (!open.empty()) {
    const QualifiedName parent = std::move(open.back());
    open.pop_back();
    for (const QualifiedName& child : catalog.ChildrenOf(parent)) {
      const Table* partition = catalog.FindTable(child);
      const bool seen = std::ranges::find(found, child) != found.end();
      if (partition == nullptr || !partition->partition_of || seen) continue;
      found.push_back(child);
      open.push_back(child);
    }
  }
  return found;
}

std::vector<KeyOfParents> ForeignKeysOfParents(const Catalog& catalog, const QualifiedName& partition) {
  std::vector<KeyOfParents> keys;
  for (const QualifiedName& ancestor : PartitionedAncestors(catalog, partition)) {
    for (const Object* part : catalog.PartsOf(ancestor, ObjectKind::Constraint)) {
      auto key = std::get<Constraint>(*part);
      if (!key.foreign_key) continue;
      key.table = partition;
      key.comment.clear();
      if (catalog.Has(AddressOf(Object(key)))) {
        key.name.clear();
        key.name = ChooseConstraintName(catalog, key);
      }
      keys.push_back({std::move(key), AddressOf(*part)});
    }
  }
  return keys;
}

bool IsTakenOver(const Constraint& own, const Constraint& parents) {
  return own.foreign_key && own.foreign_key == parents.foreign_key && own.columns == parents.columns &&
         !own.not_valid && own.deferrable == parents.deferrable &&
         own.initially_deferred == parents.initially_deferred;
}

bool IsOnAllPartitions(const Catalog& catalog, const Index& index) {
  const std::string name = QuoteQualified(index.table.schema, index.name);
  return std::ranges::all_of(catalog.ChildrenOf(index.table), [&](const QualifiedName& child) {
    return std::ranges::any_of(catalog.PartsOf(child, ObjectKind::Index), [&](const Object* part) {
      const auto& own = std::get<Index>(*part);
      return own.parent == name && (!own.only || IsOnAllPartitions(catalog, own));
    });
  });
}

}  // namespace schemac::schema
