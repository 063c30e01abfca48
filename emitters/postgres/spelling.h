// The parts of the PostgreSQL emitter: a file for each kind of object. Whole statements come back without the
// final `;`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/plan/step.h"
#include "emitters/block.h"
#include "emitters/sql_writer.h"

namespace schemac::emitters::postgres {

using Statements = std::vector<std::string>;

// Longer statements are broken into lines where that helps reading.
inline constexpr std::size_t kLineWidth = 100;

// Functions that take a style serve the printer of models too: what follows CREATE is also our language.

// create.cpp: the CREATE statement of any object, then what CREATE has no words for. Not: comments and
// privileges of the object, the owner of a sequence, what refers to an index that may not exist yet. Those
// are steps of their own.
Statements SpellCreate(const plan::CreateObject& step);
// drop.cpp
Statements SpellDrop(const schema::Object& object, bool concurrently);
// The definition of what goes or is replaced, for a comment; "" for kinds whose definition says little beside
// their name.
std::string FormerDefinition(const schema::Object& object);
// rename.cpp
Statements SpellRename(const plan::RenameObject& step);

// tables.cpp. `parents`: the tables behind inherits and partition_of as far as known; `constraints` go into
// the statement.
Statements CreateTable(const schema::Table& table, const std::vector<const schema::Table*>& parents,
                       const std::vector<const schema::Constraint*>& constraints);

// columns.cpp: `name type … NOT NULL`, as in CREATE TABLE and ADD COLUMN.
void WriteColumn(const schema::QualifiedName& table, const schema::Column& column, SqlWriter& sql);
// DEFAULT, GENERATED or nothing.
void WriteColumnValue(const schema::QualifiedName& table, const schema::Column& column, SqlWriter& sql);
// `GENERATED ALWAYS AS IDENTITY (…)`. Options are left out when they are what a column of `type` has;
// nullptr: type unknown.
void WriteIdentity(const schema::QualifiedName& table, const std::string& column,
                   const schema::Identity& identity, const schema::Type* type, SqlWriter& sql);
// ALTER TABLE actions for the attributes of a new column that its definition has no place for before
// PostgreSQL 16.
Statements ColumnFollowUps(const schema::Column& column);

// sequences.cpp
struct SequenceBounds {
  std::int64_t min = 1;
  std::int64_t max = 1;
};
// What MINVALUE and MAXVALUE are when not told (manual, CREATE SEQUENCE).
SequenceBounds DefaultBounds(const schema::Type& type, bool ascending);
// ` INCREMENT BY 5 START WITH 10`: only what differs from the defaults of the type. nullptr: type unknown, so
// bounds are told unless they are those of bigint.
void WriteSequenceOptions(const schema::SequenceOptions& options, const schema::Type* type, SqlWriter& sql);
Statements CreateSequence(const schema::Sequence& sequence, const SqlStyle& style = {});
Statements AlterSequence(const schema::Sequence& from, const schema::Sequence& to);
// `INCREMENT BY 2 …`: the clauses that lead from one to the other, each behind `prefix`; for ALTER SEQUENCE
// and identity columns.
void WriteSequenceChanges(const schema::SequenceOptions& from, const schema::SequenceOptions& to,
                          bool all_bounds, Keywords prefix, SqlWriter& sql);

// constraints.cpp: `CONSTRAINT name CHECK (…)`, and what follows the name.
void WriteConstraintBody(const schema::Constraint& constraint, bool not_valid, const std::string& using_index,
                         SqlWriter& sql);
void WriteConstraint(const schema::Constraint& constraint, bool not_valid, const std::string& using_index,
                     SqlWriter& sql);
void WriteDeferral(const schema::Constraint& constraint, SqlWriter& sql);

// indexes.cpp
Statements CreateIndex(const schema::Index& index, bool concurrently);
// From USING to WHERE; `broken`: WHERE on a line of its own.
void WriteIndexBody(const schema::Index& index, bool broken, SqlWriter& sql);
void WriteIndexElement(const schema::IndexElement& element, SqlWriter& sql);

// types.cpp
Statements CreateEnum(const schema::Enum& type);
Statements CreateComposite(const schema::Composite& type, const SqlStyle& style = {});
Statements AlterComposite(const schema::Composite& from, const schema::Composite& to);
Statements CreateRange(const schema::Range& type, const SqlStyle& style = {});
Statements CreateCollation(const schema::Collation& collation, const SqlStyle& style = {});
Statements AddEnumLabel(const plan::AddEnumLabel& step);
// domains.cpp
Statements CreateDomain(const schema::Domain& domain, const SqlStyle& style = {});
Statements AlterDomain(const schema::Domain& from, const schema::Domain& to);

// views.cpp
Statements CreateView(const schema::View& view, bool or_replace, const SqlStyle& style = {});

// routines.cpp: what is kept as the text of its CREATE statement.
Statements CreateFunction(const schema::Function& function, bool or_replace, const SqlStyle& style = {});
Statements CreateAggregate(const schema::Aggregate& aggregate, const SqlStyle& style = {});
Statements CreateTrigger(const schema::Trigger& trigger);
Statements CreateRule(const schema::Rule& rule);
Statements CreateStatistics(const schema::Statistics& statistics, const SqlStyle& style = {});
Statements CreateEventTrigger(const schema::EventTrigger& trigger, const SqlStyle& style = {});
Statements AlterEventTriggerFiring(const schema::EventTrigger& trigger);
Statements AlterStatisticsTarget(const schema::Statistics& statistics);
// `ENABLE ALWAYS TRIGGER`: the words before TRIGGER or RULE.
void WriteFiring(schema::FiringMode firing, SqlWriter& sql);

// policies.cpp
// What follows the table's name.
void WritePolicyClauses(const schema::Policy& policy, bool broken, SqlWriter& sql);
Statements CreatePolicy(const schema::Policy& policy);

// privileges.cpp
// A role's name, PUBLIC for "".
void WriteRole(const std::string& role, SqlWriter& sql);
Statements SpellGrant(const plan::Grant& step);
Statements SpellRevoke(const plan::Revoke& step);
Statements AlterDefaultPrivileges(const schema::DefaultPrivileges& from, const schema::DefaultPrivileges& to);

// comments.cpp
Statements SpellComment(const plan::SetComment& step);
// `TABLE app.t`, `TRIGGER x ON t`, `FUNCTION f(integer)`: an object as COMMENT ON names it; "" for what
// cannot have a comment.
std::string SpellAddress(const schema::ObjectAddress& address, const schema::Object& object);
// Appends `COMMENT ON … IS …` for a part that has no address.
void AppendPartComment(const std::string& spelled, const std::string& text, Statements& statements);

// rows.cpp
Statements UpdateRows(const plan::UpdateRows& step);
// fill_rows.cpp: the same a few pages at a time.
Block FillByPages(const plan::UpdateRows& step);
Statements InsertRow(const plan::InsertRow& step);
Statements UpdateRow(const schema::SeedRow& from, const schema::SeedRow& to);
Statements DeleteRow(const schema::SeedRow& row);
// The author's statements without the last `;`.
Statements Verbatim(const std::string& text);

// extensions.cpp
Statements CreateSchema(const schema::Schema& schema);
Statements CreateExtension(const schema::Extension& extension);
Statements AlterExtension(const schema::Extension& from, const schema::Extension& to);

}  // namespace schemac::emitters::postgres
