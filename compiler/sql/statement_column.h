// Columns and constraints as CREATE TABLE and ALTER TABLE write them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

// A constraint to be made once the columns stand. `column` is the column it was written at, or "".
struct PendingConstraint {
  const PgQuery__Constraint* node = nullptr;
  std::string column;
  bool deferrable = false;
  bool initially_deferred = false;
};

// What goes with a column as written.
struct ColumnDraft {
  std::string serial_type;  // Of its sequence, for serial and its like; else "".
  const PgQuery__Node* default_node = nullptr;
  const PgQuery__Node* generated_node = nullptr;
  const PgQuery__Constraint* identity_node = nullptr;
  std::vector<PendingConstraint> constraints;
};

// Reads the name, type, collation and constraints into the empty column and draft; expressions and sequences
// are left for FinishColumn. `scope` is the session's: one will do for all columns of a table.
Done DraftColumn(const Session& session, const Scope& scope, const PgQuery__ColumnDef& definition,
                 schema::Column& column, ColumnDraft& draft);
// Default, generation expression and identity, seen from the table as it will be (`table.columns` holds all
// columns). Creates the sequence of a serial column; the caller attaches it with OwnSequence once the column
// exists. `defaults` is the session's scope too, and gets the type of the column.
Done FinishColumn(Session& session, const schema::Table& table, const ColumnDraft& draft, Scope& defaults,
                  schema::Column& column);
// Makes the sequence of a serial column, of that name, belong to it.
void OwnSequence(Session& session, const schema::QualifiedName& table, const schema::Column& column);

// `COLLATE x`, or nullopt when it is the type's own.
ErrorOr<Boxed<schema::QualifiedName>> CollationOf(const Session& session,
                                                  const PgQuery__CollateClause* clause,
                                                  const schema::Type& type);
schema::QualifiedName ResolveCollation(const Session& session, NodeList names);

// A scope for a column's default: the type is what the value becomes.
Scope DefaultScope(const Session& session, const schema::Type& type);
// Whether `DEFAULT node` on a column of that type leaves no default behind: NULL does (heap.c,
// AddRelationNewConstraints), save where the type's length or domain wraps it into a call (the server then
// prints NULL::character varying).
bool IsNoDefault(const Session& session, const PgQuery__Node& node, const schema::Type& type);

// A table or column constraint as a value: columns checked, key of the referenced table filled in, still
// without a name when none was written.
ErrorOr<schema::Constraint> BuildConstraint(const Session& session, const schema::Table& table,
                                            const PendingConstraint& pending);
// Adds it to the table with the name PostgreSQL would give it, and to the children that inherit it.
Done AddTableConstraint(Session& session, const schema::QualifiedName& table, schema::Constraint&& constraint,
                        bool recurse);
// Adds `pending` to the table: BuildConstraint and AddTableConstraint, or the promotion of an index (USING
// INDEX).
Done AddPendingConstraint(Session& session, const schema::QualifiedName& table,
                          const PendingConstraint& pending, bool recurse);

// One element of an index or of an exclusion constraint.
ErrorOr<schema::IndexElement> BuildIndexElement(const Session& session, const schema::Table& table,
                                                const PgQuery__IndexElem& node, const std::string& method);
// Names that must be columns of the table.
ErrorOr<std::vector<std::string>> ColumnNames(const schema::Table& table, NodeList names);

}  // namespace schemac::sql
