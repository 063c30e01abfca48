#include "compiler/plan/facts.h"

#include "compiler/support/overloaded.h"

namespace schemac::plan {
namespace {

using schema::ObjectKind;
using schema::QualifiedName;

// Manual, ALTER TABLE, ADD COLUMN and notes: a constant default needs no rewrite (since 11); a volatile one,
// identity and stored generated columns do. Volatility is unknown here, so that only a default that calls
// nothing counts as constant.
bool AddColumnRewrites(const schema::Column& column) {
  if (column.generated || column.identity) return true;
  if (!column.default_value) return false;
  const std::string& text = column.default_value->text;
  return text.find('(') != std::string::npos && text.find("now()") == std::string::npos;
}

ActionFacts Brief(LockMode mode) { return {mode, false, false, false, ""}; }

// Manual, ALTER TABLE, ADD table_constraint: a foreign key takes SHARE ROW EXCLUSIVE on both tables;
// everything is scanned unless NOT VALID; an index built beforehand is taken over without a scan.
ActionFacts AddConstraintFacts(const AddConstraint& add) {
  const bool foreign = add.constraint.kind == schema::ConstraintKind::ForeignKey;
  ActionFacts facts = Brief(foreign ? LockMode::ShareRowExclusive : LockMode::AccessExclusive);
  facts.scans = !add.not_valid && add.using_index.empty();
  return facts;
}

Facts OnRelation(const QualifiedName& relation, LockMode mode) {
  Facts facts;
  facts.locks.push_back({relation, mode});
  return facts;
}

// Manual, CREATE INDEX (SHARE, or SHARE UPDATE EXCLUSIVE when CONCURRENTLY), CREATE TRIGGER (SHARE ROW
// EXCLUSIVE), CREATE POLICY and CREATE RULE (ACCESS EXCLUSIVE; see AlterTableGetLockLevel and the callers of
// table_openrv), CREATE STATISTICS (SHARE UPDATE EXCLUSIVE), CREATE OR REPLACE VIEW (ACCESS EXCLUSIVE on the
// view).
Facts CreateFacts(const CreateObject& create) {
  return std::visit(
      Overloaded{
          [&](const schema::Index& index) {
            Facts facts = OnRelation(index.table,
                                     create.concurrently ? LockMode::ShareUpdateExclusive : LockMode::Share);
            facts.scans = true;
            return facts;
          },
          [](const schema::Trigger& trigger) {
            return OnRelation(trigger.table, LockMode::ShareRowExclusive);
          },
          [](const schema::Policy& policy) { return OnRelation(policy.table, LockMode::AccessExclusive); },
          [](const schema::Rule& rule) { return OnRelation(rule.table, LockMode::AccessExclusive); },
          [&](const schema::View& view) {
            return create.or_replace ? OnRelation(view.name, LockMode::AccessExclusive) : Facts{};
          },
          [](const schema::Table& table) {
            Facts facts;
            // Manual, CREATE TABLE, PARTITION OF: ACCESS EXCLUSIVE on the parent; INHERITS: SHARE UPDATE
            // EXCLUSIVE.
            if (table.partition_of)
              facts.locks.push_back({table.partition_of->parent, LockMode::AccessExclusive});
            for (const QualifiedName& parent : table.inherits) {
              facts.locks.push_back({parent, LockMode::ShareUpdateExclusive});
            }
            return facts;
          },
          [](const schema::Schema&) { return Facts{}; },
          [](const schema::Extension&) { return Facts{}; },
          [](const schema::Collation&) { return Facts{}; },
          [](const schema::Enum&) { return Facts{}; },
          [](const schema::Composite&) { return Facts{}; },
          [](const schema::Range&) { return Facts{}; },
          [](const schema::Domain&) { return Facts{}; },
          [](const schema::Sequence&) { return Facts{}; },
          [](const schema::Function&) { return Facts{}; },
          [](const schema::Aggregate&) { return Facts{}; },
          [](const schema::Constraint& constraint) {
            return OnRelation(constraint.table, LockMode::AccessExclusive);
          },
          [](const schema::Statistics&) { return Facts{}; },
          [](const schema::EventTrigger&) { return Facts{}; },
          [](const schema::DefaultPrivileges&) { return Facts{}; },
          [](const schema::SeedRow& row) { return OnRelation(row.table, LockMode::RowExclusive); },
          [](const schema::Raw&) { return Facts{}; },
      },
      create.object);
}

// DROP takes ACCESS EXCLUSIVE on the relation, or on the table that the part belongs to (manual, 13.3.1).
Facts DropFacts(const DropObject& drop) {
  const schema::ObjectAddress address = schema::AddressOf(drop.object);
  Facts facts;
  if (address.kind == ObjectKind::Table || address.kind == ObjectKind::View ||
      schema::IsTablePart(address.kind)) {
    facts = OnRelation(address.qualified(),
                       drop.concurrently ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive);
  }
  if (address.kind == ObjectKind::Table) facts.hazard = "drop-table";
  if (address.kind == ObjectKind::Sequence) facts.loses_data = true;
  if (address.kind == ObjectKind::Schema) facts.hazard = "drop-schema";
  if (address.kind == ObjectKind::Extension) facts.hazard = "drop-extension";
  if (*facts.hazard.c_str() != '\0') facts.loses_data = true;
  return facts;
}

Facts RenameFacts(const RenameObject& rename) {
  const ObjectKind kind = rename.from.kind;
  // ALTER INDEX RENAME: SHARE UPDATE EXCLUSIVE (manual, ALTER INDEX).
  if (kind == ObjectKind::Index) return OnRelation(rename.from.qualified(), LockMode::ShareUpdateExclusive);
  if (kind == ObjectKind::Table || kind == ObjectKind::View || kind == ObjectKind::Column ||
      schema::IsTablePart(kind)) {
    return OnRelation(rename.from.qualified(), LockMode::AccessExclusive);
  }
  return {};
}

Facts AlterTableFacts(const AlterTable& alter) {
  Facts facts;
  LockMode strongest = LockMode::None;
  for (const TableAction& action : alter.actions) {
    const ActionFacts one = FactsOf(action);
    strongest = std::max(strongest, one.lock);
    facts.rewrites = facts.rewrites || one.rewrites;
    facts.scans = facts.scans || one.scans;
    facts.loses_data = facts.loses_data || one.loses_data;
    if (facts.hazard.empty()) facts.hazard = one.hazard;
    if (const auto* add = std::get_if<AddConstraint>(&action);
        add != nullptr && add->constraint.foreign_key) {
      facts.locks.push_back({add->constraint.foreign_key->table, LockMode::ShareRowExclusive});
    }
    if (const auto* drop = std::get_if<DropConstraint>(&action)) LockReferenced(drop->constraint, facts);
  }
  facts.locks.insert(facts.locks.begin(), {alter.table, strongest});
  return facts;
}

Facts RowFacts(const QualifiedName& table, bool updates) {
  Facts facts = OnRelation(table, LockMode::RowExclusive);
  facts.updates_rows = updates;
  return facts;
}

}  // namespace

// RemoveTriggerById in trigger.c: dropping a trigger takes ACCESS EXCLUSIVE on its table, and a foreign key
// has triggers on both.
void LockReferenced(const schema::Constraint& dropped, Facts& facts) {
  if (!dropped.foreign_key || dropped.foreign_key->table == dropped.table) return;
  facts.locks.push_back({dropped.foreign_key->table, LockMode::AccessExclusive});
}

ActionFacts FactsOf(const TableAction& action) {
  constexpr LockMode kFull = LockMode::AccessExclusive;
  constexpr LockMode kShared = LockMode::ShareUpdateExclusive;
  return std::visit(Overloaded{
                        [](const AddColumn& add) {
                          ActionFacts facts = Brief(kFull);
                          facts.rewrites = AddColumnRewrites(add.column);
                          return facts;
                        },
                        [](const DropColumn& drop) {
                          const bool loses =
                              !drop.column.generated;  // What a generated column holds can be computed again.
                          return ActionFacts{kFull, false, false, loses, loses ? "drop-column" : ""};
                        },
                        [](const SetColumnType&) {
                          return ActionFacts{kFull, true, true, false, ""};
                        },
                        [](const SetDefault&) { return Brief(kFull); },
                        [](const DropDefault&) { return Brief(kFull); },
                        [](const SetNotNull&) {
                          return ActionFacts{kFull, false, true, false, ""};
                        },
                        [](const DropNotNull&) { return Brief(kFull); },
                        [](const AddIdentity&) { return Brief(kFull); },
                        [](const SetIdentity&) { return Brief(kFull); },
                        [](const DropIdentity&) { return Brief(kFull); },
                        [](const DropExpression&) { return Brief(kFull); },
                        [](const SetStorage&) { return Brief(kFull); },
                        [](const SetCompression&) { return Brief(kFull); },
                        [](const SetColumnStatistics&) { return Brief(kShared); },
                        [](const SetColumnOptions&) { return Brief(kShared); },
                        [](const AddConstraint& add) { return AddConstraintFacts(add); },
                        [](const DropConstraint&) { return Brief(kFull); },
                        [](const ValidateConstraint&) {
                          return ActionFacts{kShared, false, true, false, ""};
                        },
                        [](const AlterConstraintDeferral&) { return Brief(kFull); },
                        [](const SetOptions&) { return Brief(kShared); },
                        [](const SetRowSecurity&) { return Brief(kFull); },
                        [](const SetForceRowSecurity&) { return Brief(kFull); },
                        [](const SetLogged&) {
                          return ActionFacts{kFull, true, true, false, ""};
                        },
                        [](const SetReplicaIdentity&) { return Brief(kFull); },
                        [](const SetClustered&) { return Brief(kShared); },
                        [](const SetAccessMethod&) {
                          return ActionFacts{kFull, true, true, false, ""};
                        },
                        [](const SetTablespace&) {
                          return ActionFacts{kFull, true, false, false, ""};
                        },
                        [](const AttachPartition&) {
                          return ActionFacts{kShared, false, true, false, ""};
                        },
                        [](const DetachPartition&) { return Brief(kFull); },
                        [](const Inherit&) { return Brief(kFull); },
                        [](const SetTriggerFiring&) { return Brief(LockMode::ShareRowExclusive); },
                        [](const SetRuleFiring&) { return Brief(kFull); },
                    },
                    action);
}

Facts FactsOf(const Action& action) {
  return std::visit(
      Overloaded{
          [](const CreateObject& create) { return CreateFacts(create); },
          [](const DropObject& drop) { return DropFacts(drop); },
          [](const RenameObject& rename) { return RenameFacts(rename); },
          [](const AlterTable& alter) { return AlterTableFacts(alter); },
          [](const AddEnumLabel&) { return Facts{}; },
          [](const AlterSequence&) { return Facts{}; },
          [](const AlterDomain&) { return Facts{}; },
          [](const AlterComposite&) { return Facts{}; },
          [](const AlterExtension&) { return Facts{}; },
          [](const AlterEventTriggerFiring&) { return Facts{}; },
          [](const AlterStatisticsTarget&) { return Facts{}; },
          // Manual, COMMENT: SHARE UPDATE EXCLUSIVE on relations; held too briefly to be worth a word.
          [](const SetComment&) { return Facts{}; },
          [](const Grant&) { return Facts{}; },
          [](const Revoke&) { return Facts{}; },
          [](const AlterDefaultPrivileges&) { return Facts{}; },
          [](const UpdateRows& update) { return RowFacts(update.table, true); },
          [](const InsertRow& insert) { return RowFacts(insert.row.table, false); },
          [](const UpdateRow& update) { return RowFacts(update.to.table, true); },
          [](const DeleteRow& row) { return RowFacts(row.row.table, true); },
          [](const RunSql&) { return Facts{}; },
          [](const CannotUndo&) { return Facts{}; },
      },
      action);
}

}  // namespace schemac::plan
