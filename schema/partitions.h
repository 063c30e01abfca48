// Who is a partition of whom, over more than one level.
#pragma once

#include <optional>
#include <vector>

#include "schema/catalog.h"

namespace schemac::schema {

// The tables that the table is a partition of, its parent first; empty for other tables.
std::vector<QualifiedName> PartitionedAncestors(const Catalog& catalog, const QualifiedName& table);
// The partitions of the table, theirs, and so on.
std::vector<QualifiedName> PartitionsBelow(const Catalog& catalog, const QualifiedName& table);

// A foreign key that a partition has through its parents, as it stays with it when it is detached
// (tablecmds.c, DetachPartitionFinalize).
struct KeyOfParents {
  Constraint own;  // Under the name of the parent's, where that is free.
  ObjectAddress parents;
};
std::vector<KeyOfParents> ForeignKeysOfParents(const Catalog& catalog, const QualifiedName& partition);
// Whether a foreign key of a partition becomes the parent's where both are, without a look at the rows
// (tablecmds.c, tryAttachPartitionForeignKey).
bool IsTakenOver(const Constraint& own, const Constraint& parents);

// Whether each partition has an index that is attached to this one and stands on all of its own partitions.
bool IsOnAllPartitions(const Catalog& catalog, const Index& index);

// What the index or constraint of a child is the copy of, or is attached to; nullopt when that is nothing.
std::optional<ObjectAddress> ParentPart(const Catalog& catalog, const Object& object);

}  // namespace schemac::schema
