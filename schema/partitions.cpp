#include "schema/partitions.h"

#include <algorithm>

#include "compiler/support/quote.h"

namespace schemac::schema {

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
