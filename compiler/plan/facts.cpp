#include "compiler/plan/facts.h"

#include <algorithm>

#include "compiler/sql/deeds.h"
#include "compiler/sql/volatility.h"
#include "compiler/support/overloaded.h"

namespace schemac::plan {
namespace {

using facts::Effect;
using facts::Operation;
using facts::OperationFacts;
using schema::ObjectKind;
using schema::QualifiedName;

Operation AddColumnOperation(const schema::Column& column) {
  if (column.generated) return Operation::AddColumnGenerated;
  if (column.identity) return Operation::AddColumnIdentity;
  return sql::AddColumnOperation(column.not_null, column.default_value.has_value(),
                                 column.default_value && sql::CallsVolatile(column.default_value->text));
}

Operation AddConstraintOperation(const AddConstraint& add) {
  return sql::AddConstraintOperation(add.constraint.kind, add.not_valid, !add.using_index.empty());
}

Operation SetOptionsOperation(const SetOptions& set) {
  const bool full = std::any_of(set.set.begin(), set.set.end(),
                                [](const auto& entry) { return sql::NeedsFullLock(entry.first); }) ||
                    std::any_of(set.reset.begin(), set.reset.end(), sql::NeedsFullLock);
  return full ? Operation::SetTableOptionsFull : Operation::SetTableOptions;
}

// Adds what the operation does to `facts`, without its locks.
void Add(Operation operation, Facts& facts) {
  const OperationFacts& entry = facts::FactsOf(operation);
  facts.rewrites = facts.rewrites || entry.Has(Effect::kRewrites);
  facts.scans = facts.scans || entry.Has(Effect::kScans);
  facts.builds_index = facts.builds_index || entry.Has(Effect::kBuildsIndex);
  facts.updates_rows = facts.updates_rows || entry.Has(Effect::kChangesRows);
  facts.loses_data = facts.loses_data || entry.Has(Effect::kLosesData);
}

Facts On(const QualifiedName& relation, Operation operation) {
  Facts facts;
  const LockMode lock = facts::FactsOf(operation).lock;
  if (lock != LockMode::None) facts.locks.push_back({relation, lock});
  Add(operation, facts);
  return facts;
}

void AddOther(const QualifiedName& relation, Operation operation, Facts& facts) {
  facts.locks.push_back({relation, facts::FactsOf(operation).others_lock});
}

Operation IndexOperation(const CreateObject& create, const schema::Index& index) {
  if (create.concurrently) {
    return index.unique ? Operation::CreateUniqueIndexConcurrently : Operation::CreateIndexConcurrently;
  }
  return index.unique ? Operation::CreateUniqueIndex : Operation::CreateIndex;
}

Facts CreateTableFacts(const schema::Table& table) {
  Facts facts;
  if (table.partition_of) AddOther(table.partition_of->parent, Operation::CreatePartition, facts);
  for (const QualifiedName& parent : table.inherits) {
    AddOther(parent, Operation::CreateInheritingTable, facts);
  }
  return facts;
}

// Statements taken together, as their text tells them; what they lose, their author knows.
Facts FactsOfText(const std::string& sql) {
  Facts all;
  for (const Facts& one : FactsOfStatements(sql)) {
    all.rewrites = all.rewrites || one.rewrites;
    all.scans = all.scans || one.scans;
    all.builds_index = all.builds_index || one.builds_index;
    all.updates_rows = all.updates_rows || one.updates_rows;
    for (const Lock& lock : one.locks) {
      const auto held = std::find_if(all.locks.begin(), all.locks.end(),
                                     [&](const Lock& it) { return it.relation == lock.relation; });
      if (held == all.locks.end()) {
        all.locks.push_back(lock);
      } else {
        held->mode = std::max(held->mode, lock.mode);
      }
    }
  }
  return all;
}

// A foreign table that is made is nobody else's yet.
Facts CreateRawFacts(const schema::Raw& raw) {
  Facts facts = FactsOfText(raw.create.text);
  std::erase_if(facts.locks, [&](const Lock& lock) {
    return raw.kind == "foreign table" && raw.name.ends_with("." + lock.relation.name);
  });
  return facts;
}

Facts CreateFacts(const CreateObject& create) {
  return std::visit(
      Overloaded{
          [&](const schema::Index& index) { return On(index.table, IndexOperation(create, index)); },
          [](const schema::Trigger& trigger) { return On(trigger.table, Operation::CreateTrigger); },
          [](const schema::Policy& policy) { return On(policy.table, Operation::CreatePolicy); },
          [](const schema::Rule& rule) { return On(rule.table, Operation::CreateRule); },
          [&](const schema::View& view) {
            return create.or_replace ? On(view.name, Operation::ReplaceView) : Facts{};
          },
          [](const schema::Table& table) { return CreateTableFacts(table); },
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
            return On(constraint.table, AddConstraintOperation({constraint, constraint.not_valid, ""}));
          },
          [](const schema::Statistics&) { return Facts{}; },
          [](const schema::EventTrigger&) { return Facts{}; },
          [](const schema::DefaultPrivileges&) { return Facts{}; },
          [](const schema::SeedRow& row) { return On(row.table, Operation::InsertRows); },
          [](const schema::Raw& raw) { return CreateRawFacts(raw); },
      },
      create.object);
}

// A row of the schema is none of the data that a change could lose.
Facts DeleteRowFacts(const QualifiedName& table) {
  Facts facts = On(table, Operation::DeleteRows);
  facts.loses_data = false;
  return facts;
}

// The relation is the object itself, or the table that the part belongs to.
Facts DropFacts(const DropObject& drop) {
  const schema::ObjectAddress address = schema::AddressOf(drop.object);
  const auto with_hazard = [](Facts facts, const char* hazard) {
    facts.hazard = hazard;
    return facts;
  };
  switch (address.kind) {
    case ObjectKind::Table:
      return with_hazard(On(address.qualified(), Operation::DropTable), "drop-table");
    case ObjectKind::View:
      return On(address.qualified(), Operation::DropView);
    case ObjectKind::Index:
      return On(address.qualified(),
                drop.concurrently ? Operation::DropIndexConcurrently : Operation::DropIndex);
    case ObjectKind::Trigger:
      return On(address.qualified(), Operation::DropTrigger);
    case ObjectKind::Policy:
      return On(address.qualified(), Operation::DropPolicy);
    case ObjectKind::Rule:
      return On(address.qualified(), Operation::DropRule);
    case ObjectKind::Constraint:
      return On(address.qualified(), Operation::DropConstraint);
    case ObjectKind::Column:
      return with_hazard(On(address.qualified(), Operation::DropColumn), "drop-column");
    case ObjectKind::SeedRow:
      return DeleteRowFacts(address.qualified());
    case ObjectKind::Sequence: {
      Facts facts;
      Add(Operation::DropSequence, facts);
      return facts;
    }
    case ObjectKind::Schema: {
      Facts facts;
      Add(Operation::DropSchema, facts);
      return with_hazard(facts, "drop-schema");
    }
    case ObjectKind::Extension: {
      Facts facts;
      Add(Operation::DropExtension, facts);
      return with_hazard(facts, "drop-extension");
    }
    case ObjectKind::Collation:
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
    case ObjectKind::Statistics:
    case ObjectKind::EventTrigger:
    case ObjectKind::DefaultPrivileges:
    case ObjectKind::Role:
      return {};
    case ObjectKind::Raw:
      return FactsOfText(std::get<schema::Raw>(drop.object).drop.text);
  }
  return {};
}

Facts RenameFacts(const RenameObject& rename) {
  const QualifiedName relation = rename.from.qualified();
  switch (rename.from.kind) {
    case ObjectKind::Index:
      return {};  // RenameIndex locks the index alone.
    case ObjectKind::Table:
      return On(relation,
                rename.from.schema == rename.to.schema ? Operation::RenameTable : Operation::SetTableSchema);
    case ObjectKind::View:
      return On(relation, Operation::RenameView);
    case ObjectKind::Column:
      return On(relation, Operation::RenameColumn);
    case ObjectKind::Constraint:
      return On(relation, Operation::RenameConstraint);
    default:
      return schema::IsTablePart(rename.from.kind) ? On(relation, Operation::RenameTrigger) : Facts{};
  }
}

Facts AlterTableFacts(const AlterTable& alter) {
  Facts facts;
  LockMode strongest = LockMode::None;
  for (const TableAction& action : alter.actions) {
    const Operation operation = OperationOf(action);
    strongest = std::max(strongest, facts::FactsOf(operation).lock);
    const bool lost_before = facts.loses_data;
    Add(operation, facts);
    if (const auto* column = std::get_if<DropColumn>(&action)) {
      if (column->column.generated) {
        facts.loses_data = lost_before;  // What it holds can be computed again.
      } else if (facts.hazard.empty()) {
        facts.hazard = "drop-column";
      }
    }
    if (const auto* add = std::get_if<AddConstraint>(&action);
        add != nullptr && add->constraint.foreign_key) {
      AddOther(add->constraint.foreign_key->table, operation, facts);
    }
    if (const auto* validate = std::get_if<ValidateConstraint>(&action);
        validate != nullptr && validate->referenced) {
      AddOther(*validate->referenced, operation, facts);
    }
    if (const auto* detach = std::get_if<DetachPartition>(&action))
      AddOther(detach->partition, operation, facts);
    if (const auto* inherit = std::get_if<Inherit>(&action)) AddOther(inherit->parent, operation, facts);
    if (const auto* drop = std::get_if<DropConstraint>(&action)) LockReferenced(drop->constraint, facts);
  }
  facts.locks.insert(facts.locks.begin(), {alter.table, strongest});
  // The rows that are looked at are those of the partition, which goes first therefore.
  if (const auto* attach =
          alter.actions.empty() ? nullptr : std::get_if<AttachPartition>(&alter.actions[0])) {
    AddOther(attach->partition, Operation::AttachPartition, facts);
    std::rotate(facts.locks.begin(), facts.locks.end() - 1, facts.locks.end());
  }
  return facts;
}

}  // namespace

std::vector<Facts> FactsOfStatements(const std::string& sql) {
  std::vector<Facts> all;
  const auto qualified = [](QualifiedName name) {
    if (name.schema.empty()) name.schema = "public";
    return name;
  };
  for (const sql::StatementDeeds& statement : sql::ReadDeeds(sql)) {
    for (const sql::Deed& deed : statement.deeds) {
      if (deed.relation.name.empty() || !sql::NamesRelation(deed.operation)) continue;
      Facts& facts = all.emplace_back();
      Add(deed.operation, facts);
      if (deed.lock != LockMode::None) facts.locks.push_back({qualified(deed.relation), deed.lock});
      for (const QualifiedName& other : deed.others) {
        const LockMode mode = facts::FactsOf(deed.operation).others_lock;
        if (mode != LockMode::None) all.emplace_back().locks.push_back({qualified(other), mode});
      }
    }
  }
  return all;
}

void LockReferenced(const schema::Constraint& dropped, Facts& facts) {
  if (!dropped.foreign_key || dropped.foreign_key->table == dropped.table) return;
  AddOther(dropped.foreign_key->table, Operation::DropForeignKey, facts);
}

Operation OperationOf(const TableAction& action) {
  return std::visit(
      Overloaded{
          [](const AddColumn& add) { return AddColumnOperation(add.column); },
          [](const DropColumn&) { return Operation::DropColumn; },
          [](const SetColumnType&) { return Operation::ChangeTypeRewriting; },
          [](const SetDefault&) { return Operation::SetDefault; },
          [](const DropDefault&) { return Operation::DropDefault; },
          [](const SetNotNull&) { return Operation::SetNotNull; },
          [](const DropNotNull&) { return Operation::DropNotNull; },
          [](const AddIdentity&) { return Operation::AddIdentity; },
          [](const SetIdentity&) { return Operation::SetIdentity; },
          [](const DropIdentity&) { return Operation::DropIdentity; },
          [](const DropExpression&) { return Operation::DropExpression; },
          [](const SetStorage&) { return Operation::SetStorage; },
          [](const SetCompression&) { return Operation::SetCompression; },
          [](const SetColumnStatistics&) { return Operation::SetColumnStatistics; },
          [](const SetColumnOptions&) { return Operation::SetColumnOptions; },
          [](const AddConstraint& add) { return AddConstraintOperation(add); },
          [](const DropConstraint& drop) {
            return drop.constraint.foreign_key ? Operation::DropForeignKey : Operation::DropConstraint;
          },
          [](const ValidateConstraint& validate) {
            return validate.referenced ? Operation::ValidateForeignKey : Operation::ValidateCheck;
          },
          [](const AlterConstraintDeferral&) { return Operation::AlterConstraint; },
          [](const SetOptions& set) { return SetOptionsOperation(set); },
          [](const SetRowSecurity& set) {
            return set.enable ? Operation::EnableRowSecurity : Operation::DisableRowSecurity;
          },
          [](const SetForceRowSecurity&) { return Operation::ForceRowSecurity; },
          [](const SetLogged& set) { return set.logged ? Operation::SetLogged : Operation::SetUnlogged; },
          [](const SetReplicaIdentity&) { return Operation::SetReplicaIdentity; },
          [](const SetClustered&) { return Operation::ClusterOn; },
          [](const SetAccessMethod&) { return Operation::SetAccessMethod; },
          [](const SetTablespace&) { return Operation::SetTablespace; },
          [](const AttachPartition&) { return Operation::AttachPartition; },
          [](const DetachPartition&) { return Operation::DetachPartition; },
          [](const Inherit& inherit) { return inherit.inherit ? Operation::Inherit : Operation::NoInherit; },
          [](const SetTriggerFiring&) { return Operation::SetTriggerFiring; },
          [](const SetRuleFiring&) { return Operation::SetRuleFiring; },
      },
      action);
}

Facts FactsOf(const Action& action) {
  return std::visit(Overloaded{
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
                        // SHARE UPDATE EXCLUSIVE on relations; held too briefly to be worth a word.
                        [](const SetComment&) { return Facts{}; },
                        [](const Grant&) { return Facts{}; },
                        [](const Revoke&) { return Facts{}; },
                        [](const AlterDefaultPrivileges&) { return Facts{}; },
                        [](const UpdateRows& update) { return On(update.table, Operation::UpdateRows); },
                        [](const InsertRow& insert) { return On(insert.row.table, Operation::InsertRows); },
                        [](const UpdateRow& update) { return On(update.to.table, Operation::UpdateRows); },
                        [](const DeleteRow& row) { return DeleteRowFacts(row.row.table); },
                        [](const RunSql& run) { return FactsOfText(run.sql); },
                        [](const CannotUndo&) { return Facts{}; },
                    },
                    action);
}

}  // namespace schemac::plan
