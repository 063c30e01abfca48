// How to get from one state to the next: typed steps in batches. A step is about one statement of SQL, but
// holds no SQL; the emitter (emitters/postgres) spells it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/facts/facts.h"
#include "schema/catalog.h"
#include "schema/diff/change.h"

namespace schemac::plan {

struct CreateObject {
  schema::Object object;
  bool or_replace = false;             // Functions, procedures, views of the same columns.
  bool concurrently = false;           // Indexes.
  std::vector<schema::Table> parents;  // Of a partition or an inheriting table: as they are then. May stay
                                       // empty for parents made in the same plan.
};
struct DropObject {
  schema::Object object;  // As it was: the emitter may show the former definition in a comment.
  bool concurrently = false;
};
struct RenameObject {  // ALTER … RENAME TO, RENAME COLUMN, RENAME CONSTRAINT, or SET SCHEMA when the schemas
                       // differ.
  schema::ObjectAddress from;
  schema::ObjectAddress to;
  schema::Object object;  // The object under its old address (for columns: the table): tells the emitter VIEW
                          // from TABLE, and so on.
};

// Actions of ALTER TABLE, in PostgreSQL's terms (manual, ALTER TABLE).
struct AddColumn {
  schema::Column column;
};
struct DropColumn {
  schema::Column column;
};
struct SetColumnType {
  std::string column;
  schema::Type type;
  Boxed<schema::QualifiedName> collation;
  std::optional<schema::Expression> using_expression;
};
struct SetDefault {
  std::string column;
  schema::Expression value;
};
struct DropDefault {
  std::string column;
};
struct SetNotNull {
  std::string column;
};
struct DropNotNull {
  std::string column;
};
struct AddIdentity {
  std::string column;
  schema::Identity identity;
};
struct SetIdentity {
  std::string column;
  schema::Identity from;
  schema::Identity to;
};
struct DropIdentity {
  std::string column;
};
struct DropExpression {
  std::string column;
};
struct SetStorage {
  std::string column;
  std::string storage;
};
struct SetCompression {
  std::string column;
  std::string compression;
};  // "" = default.
struct SetColumnStatistics {
  std::string column;
  std::optional<int> target;
};
struct SetColumnOptions {
  std::string column;
  schema::Options set;
  std::vector<std::string> reset;
};
struct AddConstraint {
  schema::Constraint constraint;
  bool not_valid = false;
  std::string using_index;
};
struct DropConstraint {
  schema::Constraint constraint;
};
struct ValidateConstraint {
  std::string name;
  std::optional<schema::QualifiedName> referenced{};  // Of a foreign key.
};
struct AlterConstraintDeferral {
  schema::Constraint constraint;
};  // Foreign keys.
struct SetOptions {
  schema::Options set;
  std::vector<std::string> reset;
};
struct SetRowSecurity {
  bool enable = true;
};
struct SetForceRowSecurity {
  bool force = true;
};
struct SetLogged {
  bool logged = true;
};
struct SetReplicaIdentity {
  std::string identity;
};
struct SetClustered {
  std::string index;
};  // "" = SET WITHOUT CLUSTER.
struct SetAccessMethod {
  std::string method;
};
struct SetTablespace {
  std::string tablespace;
};
struct AttachPartition {
  schema::QualifiedName partition;
  schema::PartitionBound bound;
};
struct DetachPartition {
  schema::QualifiedName partition;
};
struct Inherit {
  schema::QualifiedName parent;
  bool inherit = true;
};
struct SetTriggerFiring {
  std::string trigger;
  schema::FiringMode firing = schema::FiringMode::Origin;
};
struct SetRuleFiring {
  std::string rule;
  schema::FiringMode firing = schema::FiringMode::Origin;
};

using TableAction =
    std::variant<AddColumn, DropColumn, SetColumnType, SetDefault, DropDefault, SetNotNull, DropNotNull,
                 AddIdentity, SetIdentity, DropIdentity, DropExpression, SetStorage, SetCompression,
                 SetColumnStatistics, SetColumnOptions, AddConstraint, DropConstraint, ValidateConstraint,
                 AlterConstraintDeferral, SetOptions, SetRowSecurity, SetForceRowSecurity, SetLogged,
                 SetReplicaIdentity, SetClustered, SetAccessMethod, SetTablespace, AttachPartition,
                 DetachPartition, Inherit, SetTriggerFiring, SetRuleFiring>;

// One ALTER TABLE (or ALTER [MATERIALIZED] VIEW, ALTER INDEX) with one or more actions.
struct AlterTable {
  schema::QualifiedName table;
  schema::ObjectKind kind =
      schema::ObjectKind::Table;  // Table, View or Index (SetOptions of an index: `table` is its name).
  bool materialized = false;
  std::vector<TableAction> actions;
};

struct AddEnumLabel {
  schema::QualifiedName type;
  std::string label;
  std::string before;  // One of the two may be set.
  std::string after;
};
struct AlterSequence {
  schema::Sequence from;
  schema::Sequence to;
};  // Options, type, OWNED BY, LOGGED.
// One attribute of the domain changes: what differs between `from` and `to`, constraints included.
struct AlterDomain {
  schema::Domain from;
  schema::Domain to;
};
struct AlterComposite {
  schema::Composite from;
  schema::Composite to;
};  // ADD/DROP/ALTER ATTRIBUTE.
struct AlterExtension {
  schema::Extension from;
  schema::Extension to;
};  // UPDATE TO, SET SCHEMA.
struct AlterEventTriggerFiring {
  schema::EventTrigger event_trigger;
};
struct AlterStatisticsTarget {
  schema::Statistics statistics;
};
struct SetComment {
  schema::ObjectAddress address;
  schema::Object object;
  std::string text;
};  // "" = NULL. `object`: owner of a column.
struct Grant {
  schema::ObjectAddress address;
  schema::Object object;
  std::vector<schema::Privilege> privileges;
};
struct Revoke {
  schema::ObjectAddress address;
  schema::Object object;
  std::vector<schema::Privilege> privileges;
};
struct AlterDefaultPrivileges {
  schema::DefaultPrivileges from;
  schema::DefaultPrivileges to;
};
struct UpdateRows {  // The rows that exist get a value. Only rows where the column is null when `only_null`.
  schema::QualifiedName table;
  std::string column;
  schema::Expression value;
  bool only_null = true;
  bool by_pages = false;     // A few pages at a time, each time in a transaction: stands outside of one.
  bool descendants = false;  // Partitions or inheriting tables have such rows, too.
};
struct InsertRow {  // ON CONFLICT DO NOTHING.
  schema::SeedRow row;
  bool overriding_identity = false;  // A value is meant for a GENERATED ALWAYS identity column.
};
struct UpdateRow {
  schema::SeedRow from;
  schema::SeedRow to;
};
struct DeleteRow {
  schema::SeedRow row;
};
struct RunSql {
  std::string title;
  std::string sql;
};  // Hand-written, whole statements.
struct CannotUndo {
  std::string what;
};  // Emitted as a comment only.

using Action = std::variant<CreateObject, DropObject, RenameObject, AlterTable, AddEnumLabel, AlterSequence,
                            AlterDomain, AlterComposite, AlterExtension, AlterEventTriggerFiring,
                            AlterStatisticsTarget, SetComment, Grant, Revoke, AlterDefaultPrivileges,
                            UpdateRows, InsertRow, UpdateRow, DeleteRow, RunSql, CannotUndo>;

using facts::LockMode;
struct Lock {
  schema::QualifiedName relation;
  LockMode mode = LockMode::None;
};

// What a step costs and risks; from the one table of facts (facts/operations.def).
struct Facts {
  std::vector<Lock> locks;  // The relation that is worked on first; the others are merely locked.
  bool rewrites = false;    // Writes the table anew.
  bool scans = false;       // Reads every row under its lock.
  bool builds_index = false;
  bool updates_rows = false;
  bool loses_data = false;
  std::string lost;  // What is lost, when it is not the step's object as a whole: "the decimals of column …".
  std::string hazard;  // "drop-table", "drop-column", "drop-label", …: the name that --allow takes; "" when
                       // there is none.
};

struct Step {
  Action action;
  Facts facts;
  std::string reason;  // For a comment: what a reader cannot see from the statement ("before the type
                       // changes: depends on it"). May be empty.
  // The object that the step is about, for grouping and reports (a table's parts group with their table).
  schema::ObjectAddress subject;
};

// A transaction, or one statement that PostgreSQL refuses inside one.
struct Batch {
  bool transaction = true;
  std::vector<Step> steps;
};

struct Plan {
  std::vector<Batch> batches;
  bool online = false;  // Made for tables in use (Options::online).
  [[nodiscard]] bool empty() const { return batches.empty(); }
};

}  // namespace schemac::plan
