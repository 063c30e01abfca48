// Inheritance and partitioning: what a child takes from its parent.
#pragma once

#include <optional>
#include <vector>

#include "compiler/sql/statement_column.h"

namespace schemac::sql {

// The constraint as a child of its table has it; nullopt when it does not reach the child: NO INHERIT checks,
// keys and foreign keys outside of partitioning. The foreign keys of partitions exist through their parent
// only, and are none of their own.
ErrorOr<std::optional<schema::Constraint>> InheritConstraint(const Session& session,
                                                             const schema::Constraint& constraint,
                                                             const schema::QualifiedName& child);
// Makes a key of the child that says the same its parent's; whether there was one. It stays the child's own
// in that pg_constraint.connoinherit tells of it, as Constraint::no_inherit does here.
bool AdoptKey(Session& session, const schema::Constraint& inherited);
// Of a partition's foreign keys, and of those below it, the first that says the same as the parent's becomes
// the parent's, and is none of its own any more. Rows are not looked at (tablecmds.c,
// tryAttachPartitionForeignKey).
void AdoptForeignKeys(Session& session, const schema::Constraint& parents,
                      const schema::QualifiedName& child);
// The index as a partition has it.
schema::Index InheritIndex(const Session& session, const schema::Index& index,
                           const schema::QualifiedName& child);
// ATTACH and INHERIT make no checks: those of the parent that its children have must be there (tablecmds.c,
// MergeConstraintsIntoExisting).
Done RequireChecksOf(const Session& session, const schema::QualifiedName& parent,
                     const schema::QualifiedName& child);
// Gives it to the child: an index of the child that does the same becomes it, with those below it as they
// are; else one is made, and given to the child's own children (tablecmds.c, AttachPartitionEnsureIndexes).
Done GiveIndex(Session& session, const schema::Index& index, const schema::QualifiedName& child);
Done GiveIndexToChildren(Session& session, const schema::Index& index);

// The columns of the parents in order, marked inherited, merged with each other (tablecmds.c,
// MergeAttributes).
ErrorOr<std::vector<schema::Column>> InheritedColumns(const Session& session,
                                                      const std::vector<schema::QualifiedName>& parents,
                                                      bool is_partition);
// The constraints and indexes of the parent on a table that has just been made or attached. What the child
// already has and that says the same becomes the inherited one.
Done InheritParts(Session& session, const schema::QualifiedName& parent, const schema::QualifiedName& child,
                  bool is_partition);

// Re-aims an expression on `from`'s columns at `to`'s.
void Retarget(schema::Expression& expression, const schema::QualifiedName& from,
              const schema::QualifiedName& to);

// PARTITION BY, FOR VALUES.
ErrorOr<schema::PartitionKey> BuildPartitionKey(const Session& session, const schema::Table& table,
                                                const PgQuery__PartitionSpec& node);
ErrorOr<schema::PartitionBound> BuildPartitionBound(const Session& session, const schema::Table& parent,
                                                    const PgQuery__PartitionBoundSpec& node);

// ALTER TABLE … ATTACH and DETACH PARTITION, INHERIT and NO INHERIT.
Done AttachPartition(Session& session, const schema::QualifiedName& parent,
                     const PgQuery__PartitionCmd& command);
Done DetachPartition(Session& session, const schema::QualifiedName& parent,
                     const PgQuery__PartitionCmd& command);
Done SetInherit(Session& session, const schema::QualifiedName& child, const PgQuery__RangeVar& parent,
                bool inherit);
// ALTER INDEX … ATTACH PARTITION.
Done AttachIndex(Session& session, const schema::ObjectAddress& parent, const PgQuery__RangeVar& child);

// CREATE TABLE (LIKE …): the columns that the clause brings, and afterwards (`AfterLike`) constraints,
// indexes, comments.
ErrorOr<std::vector<schema::Column>> LikeColumns(Session& session, const schema::QualifiedName& table,
                                                 const PgQuery__TableLikeClause& clause);
Done AfterLike(Session& session, const schema::QualifiedName& table, const PgQuery__TableLikeClause& clause);

}  // namespace schemac::sql
