// Members of tables as PostgreSQL's words: pieces of CREATE TABLE, ALTER TABLE and CREATE INDEX.
#pragma once

#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

// Whether the constraint can stand in CREATE TABLE: PostgreSQL's name for it is then chosen in PostgreSQL's
// order. Foreign keys may refer to tables that come later; NOT VALID means nothing there; one with a comment
// but no name must be found again.
bool StandsInCreateTable(const ast::Constraint& constraint);

// `CONSTRAINT name CHECK (…)`. `column`: the column it stands on, if it does.
void AddConstraintText(SqlTemplate& sql, const ast::Constraint& constraint, const ast::Name* column);

// Whether the columns that the constraint (standing on `column`, if it does) names exist, those of a
// referenced table as well.
bool CheckConstraint(Context& context, const schema::Table& table, const Namespace& where,
                     const ast::Constraint& constraint);
bool CheckIndex(Context& context, const schema::Table& table, const ast::Index& index);

// `CREATE INDEX … ON relation …`, without CONCURRENTLY: that says how, not what.
void AddIndexText(SqlTemplate& sql, const ast::Index& index, const schema::QualifiedName& relation);

// `name type` and all of its clauses, each a part that can be left out when it is wrong, numbered from
// `*next_part`. Without the constraints that stand on it. `type` is nullptr when the type as written is wrong
// (reported before).
class ColumnText {
 public:
  ColumnText(Context& context, SqlTemplate& sql, int* next_part, const std::set<int>* left_out)
      : context_(context), sql_(sql), next_part_(next_part), left_out_(left_out) {}
  void Add(const ast::Column& column, const schema::Type* type);

 private:
  template <typename Write>
  void Part(Span place, const Write& write);

  Context& context_;
  SqlTemplate& sql_;
  int* next_part_;
  const std::set<int>* left_out_;
};

// Adds the constraint to a table that exists, comment included. False after reporting.
bool BuildConstraint(Context& context, const Namespace& where, const schema::QualifiedName& table,
                     const ast::Constraint& constraint, const ast::Name* column);

// Runs a statement that makes one part of a table, and comments what it made: its name may be PostgreSQL's
// choice.
bool RunForPart(Context& context, const SqlTemplate& sql, const Namespace& where,
                const schema::QualifiedName& table, schema::ObjectKind kind, const std::string& comment);

// Storage, statistics and options, which only ALTER TABLE can set.
void SetColumnAttributes(Context& context, const Namespace& where, const schema::QualifiedName& table,
                         const ast::Column& column);

}  // namespace schemac::analyze
