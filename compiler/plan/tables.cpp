// Tables as wholes: creation, attributes, partitions and inheritance. Their columns are columns.cpp's.
#include <algorithm>
#include <utility>

#include "compiler/plan/facts.h"
#include "compiler/plan/partitions.h"
#include "compiler/plan/work.h"
#include "schema/edit/names.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;
using schema::Table;

std::string ReplicaIndex(const Table& table) {
  return table.replica_identity->starts_with("index ") ? table.replica_identity->substr(6) : "";
}

// The parts of a table: constraint or index of that name.
std::vector<ObjectAddress> IndexAddresses(const QualifiedName& table, const std::string& name) {
  return {{ObjectKind::Index, table.schema, table.name, name},
          {ObjectKind::Constraint, table.schema, table.name, name}};
}

bool IsNewIndex(const Work& work, const QualifiedName& table, const std::string& name) {
  for (const ObjectAddress& address : IndexAddresses(table, name)) {
    if (work.IsNew(address)) return true;
  }
  return false;
}

// What names an index: after the index is there, and again when the index is made anew.
void MakeIndexChoices(Work& work, const Table* before, const Table& after) {
  Unit unit;
  unit.subject = TableAddress(after.name);
  unit.rank = rank::kFinishTable;
  unit.needs.push_back({unit.subject, false});
  const auto need = [&](const std::string& index) {
    for (const ObjectAddress& address : IndexAddresses(after.name, index))
      unit.needs.push_back({address, false});
  };
  const std::string clustered = before == nullptr ? "" : before->clustered_on;
  const bool again = !after.clustered_on.empty() && IsNewIndex(work, after.name, after.clustered_on);
  if (after.clustered_on != clustered || again) {
    unit.steps.push_back(TableStep(after.name, SetClustered{after.clustered_on}));
    need(after.clustered_on);
  }
  const std::string index = ReplicaIndex(after);
  const std::string identity = before == nullptr ? "" : before->replica_identity;
  const bool identity_again = !index.empty() && IsNewIndex(work, after.name, index);
  // For a new table the emitter states an identity that names no index.
  const bool changes = before == nullptr ? !index.empty() : after.replica_identity != identity;
  if (changes || identity_again) {
    unit.steps.push_back(TableStep(after.name, SetReplicaIdentity{after.replica_identity}));
    need(index);
  }
  if (!unit.steps.empty()) work.Add(std::move(unit));
}

// What a partition has of its own before it is attached, when CREATE TABLE … PARTITION OF would not make it
// as it is: keys that stood by themselves, indexes whose names the server would not choose; and with those
// the checks that its parent asks for. Empty when that statement makes it all.
std::vector<schema::Object> PartsBeforeAttaching(const Work& work, const Table& table) {
  std::vector<schema::Object> parts;
  if (!table.partition_of) return parts;
  for (const schema::Object* part : work.target.PartsOf(table.name, ObjectKind::Constraint)) {
    auto key = std::get<schema::Constraint>(*part);
    if (!key.inherited || !key.no_inherit) continue;
    key.inherited = false;
    parts.emplace_back(std::move(key));
  }
  for (const schema::Object* part : work.target.PartsOf(table.name, ObjectKind::Index)) {
    auto index = std::get<schema::Index>(*part);
    if (index.parent.empty() || !work.made_with.contains(AddressOf(*part))) continue;
    const std::string name = std::exchange(index.name, "");
    if (name == schema::ChooseIndexName(work.source, index)) continue;
    index.name = name;
    index.parent.clear();
    parts.emplace_back(std::move(index));
  }
  if (parts.empty()) return parts;
  std::vector<schema::Object> checks;
  for (const schema::Object* part : work.target.PartsOf(table.name, ObjectKind::Constraint)) {
    auto check = std::get<schema::Constraint>(*part);
    if (!check.inherited || check.kind != schema::ConstraintKind::Check) continue;
    check.inherited = false;
    checks.emplace_back(std::move(check));
  }
  parts.insert(parts.begin(), checks.begin(), checks.end());
  return parts;
}

// A table with all that it needs, which then becomes a partition.
void MakeAndAttach(const Table& table, std::vector<schema::Object> parts, Unit& unit) {
  auto& created = std::get<Table>(std::get<CreateObject>(unit.steps.front().action).object);
  created.partition_of.reset();
  for (schema::Column& column : created.columns) column.inherited = false;
  for (schema::Object& part : parts) {
    AddNeeds(part, unit.needs);
    if (auto* constraint = std::get_if<schema::Constraint>(&part)) {
      unit.steps.push_back(TableStep(table.name, AddConstraint{std::move(*constraint), false, ""}));
    } else {
      unit.steps.push_back(MakeStep(CreateObject{std::move(part), false, false, {}}, unit.subject));
    }
  }
  unit.steps.push_back(
      TableStep(table.partition_of->parent, AttachPartition{table.name, *table.partition_of}));
  unit.steps.back().subject = unit.subject;
}

void MakeNewTable(Work& work, const ObjectAddress& address, const Table& table) {
  Unit unit;
  unit.subject = address;
  unit.rank = rank::kTable;
  CreateObject create{table, false, false, {}};
  for (const QualifiedName& parent : ParentsOf(table)) {
    if (const Table* found = work.target.FindTable(parent)) create.parents.push_back(*found);
    // Before its own first statement all columns of the parent must be there.
    for (const schema::Column& column : table.columns)
      unit.needs.push_back({ColumnAddress(parent, column.name), false});
  }
  unit.steps.push_back(MakeStep(std::move(create), address));
  if (auto parts = PartsBeforeAttaching(work, table); !parts.empty())
    MakeAndAttach(table, std::move(parts), unit);
  AddNeeds(table, unit.needs);
  work.provided[address] = work.Add(std::move(unit));

  Unit remarks;
  remarks.subject = address;
  remarks.rank = rank::kFinishTable;
  remarks.steps = RemarksOfNew(work, table);
  remarks.needs.push_back({address, false});
  if (!remarks.steps.empty()) work.Add(std::move(remarks));
  MakeIndexChoices(work, nullptr, table);
}

void MakeDroppedTable(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  const auto& table = std::get<Table>(*fate.before);
  Unit unit;
  unit.subject = address;
  unit.rank = rank::kDropTable;
  unit.steps.push_back(MakeStep(DropObject{table, false}, address, fate.reason));
  AddNeeds(table, unit.releases);
  for (const schema::Object* part : PartsGoneWith(work, table.name)) {
    AddNeeds(*part, unit.releases);
    const auto* constraint = std::get_if<schema::Constraint>(part);
    if (constraint == nullptr || !constraint->foreign_key) continue;
    LockReferenced(*constraint, unit.steps.front().facts);
    AddReferencedKeys(work.source, *constraint, unit.releases);
    ReleasePartitions(work, *constraint, unit.releases);
  }
  work.gone[address] = work.Add(std::move(unit));
}

// Attach, detach and inherit.
void AddParentChanges(const Table& before, const Table& after, std::vector<Step>& leave,
                      std::vector<Step>& join) {
  const ObjectAddress subject = TableAddress(after.name);
  if (before.partition_of != after.partition_of) {
    if (before.partition_of) {
      leave.push_back(TableStep(before.partition_of->parent, DetachPartition{after.name}));
      leave.back().subject = subject;
    }
    if (after.partition_of) {
      join.push_back(TableStep(after.partition_of->parent, AttachPartition{after.name, *after.partition_of}));
      join.back().subject = subject;
    }
  }
  const auto has = [](const Table& table, const QualifiedName& parent) {
    return std::find(table.inherits.begin(), table.inherits.end(), parent) != table.inherits.end();
  };
  for (const QualifiedName& parent : before.inherits) {
    if (!has(after, parent)) leave.push_back(TableStep(after.name, Inherit{parent, false}));
  }
  for (const QualifiedName& parent : after.inherits) {
    if (!has(before, parent)) join.push_back(TableStep(after.name, Inherit{parent, true}));
  }
}

// INHERIT leaves a table's columns its own as well; only CREATE TABLE … INHERITS makes them the parent's
// alone.
void RefuseInheritedOnly(Work& work, const Table& before, const Table& after) {
  if (after.partition_of || after.inherits == before.inherits) return;
  for (const schema::Column& column : after.columns) {
    const schema::Column* former = before.FindColumn(column.name);
    if (!column.inherited || (former != nullptr && former->inherited)) continue;
    work.Refuse(DiagnosticKind::Unsupported,
                Describe(ColumnAddress(after.name, column.name)) +
                    " cannot become its parent's alone in a table that exists",
                "make the table anew, or declare the column in it too");
  }
}

void AddAttributeChanges(const Table& before, const Table& after, std::vector<Step>& steps) {
  const auto add = [&](TableAction action) { steps.push_back(TableStep(after.name, std::move(action))); };
  if (before.unlogged != after.unlogged) add(SetLogged{!after.unlogged});
  if (before.options != after.options) add(OptionChanges(before.options, after.options));
  if (before.access_method != after.access_method) {
    add(SetAccessMethod{after.access_method.empty() ? "heap" : after.access_method});
  }
  if (before.tablespace != after.tablespace) {
    add(SetTablespace{after.tablespace.empty() ? "pg_default" : after.tablespace});
  }
  if (before.row_security != after.row_security) add(SetRowSecurity{after.row_security});
  if (before.force_row_security != after.force_row_security)
    add(SetForceRowSecurity{after.force_row_security});
}

// The check of a parent that brings this one along, when the plan makes it: neither ATTACH nor INHERIT would.
std::optional<ObjectAddress> MakerOfCheck(const Work& work, const schema::Object& part) {
  const auto* check = std::get_if<schema::Constraint>(&part);
  if (check == nullptr || check->kind != schema::ConstraintKind::Check) return std::nullopt;
  std::optional<ObjectAddress> maker;
  for (auto at = work.made_with.find(AddressOf(part)); at != work.made_with.end();
       at = work.made_with.find(at->second)) {
    maker = at->second;
  }
  return maker && maker->kind == ObjectKind::Constraint ? maker : std::nullopt;
}

void MakeAlteredTable(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  const auto& before = std::get<Table>(*fate.before);
  const auto& after = std::get<Table>(*fate.after);
  Unit leave;
  leave.subject = address;
  leave.rank = rank::kPrepareColumn;
  Unit alter;
  alter.subject = address;
  alter.rank = rank::kAlterTable;
  Unit join;
  join.subject = address;
  join.rank = rank::kFinishTable;
  AddParentChanges(before, after, leave.steps, join.steps);
  AddAttributeChanges(before, after, alter.steps);
  Append(alter.steps, RemarkChanges(*fate.before, *fate.after));
  if (before.partition_of && before.partition_of != after.partition_of)
    DropLeftForeignKeys(work, before, after, leave);
  if (!leave.steps.empty()) {
    for (const QualifiedName& parent : ParentsOf(before))
      leave.releases.push_back({TableAddress(parent), false});
    work.left[address] = work.Add(std::move(leave));
    alter.after.push_back(work.left[address]);
  }
  const std::size_t altered = alter.steps.empty() ? alter.after.empty() ? 0 : alter.after.front() + 1
                                                  : work.Add(std::move(alter)) + 1;
  if (altered != 0) {
    work.provided[address] = altered - 1;
    join.after.push_back(altered - 1);
  }
  if (!join.steps.empty()) {
    RefuseInheritedOnly(work, before, after);
    for (const QualifiedName& parent : ParentsOf(after)) {
      join.needs.push_back({TableAddress(parent), false});
      for (const schema::Column& column : after.columns) {
        join.needs.push_back({ColumnAddress(parent, column.name), false});
        join.settles.push_back(ColumnAddress(after.name, column.name));
        join.needs.push_back({ColumnAddress(after.name, column.name), false});
      }
    }
    // Constraints and indexes of its own are taken over when they match those of the parent.
    for (const ObjectKind kind : {ObjectKind::Constraint, ObjectKind::Index}) {
      for (const schema::Object* part : work.target.PartsOf(after.name, kind)) {
        if (!MakerOfCheck(work, *part)) join.needs.push_back({AddressOf(*part), false});
      }
    }
    work.joined[address] = work.Add(std::move(join));
  }
}

bool IsOfParent(const schema::Object& part) {
  const auto* constraint = std::get_if<schema::Constraint>(&part);
  const auto* index = std::get_if<schema::Index>(&part);
  return (constraint != nullptr && constraint->inherited) || (index != nullptr && !index->parent.empty());
}

}  // namespace

void MakeTableUnits(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  if (fate.fate == Fate::Drop || fate.fate == Fate::Replace) MakeDroppedTable(work, address, fate);
  if (fate.fate == Fate::Create || fate.fate == Fate::Replace) {
    MakeNewTable(work, address, std::get<Table>(*fate.after));
  }
  if (fate.fate == Fate::Alter) MakeAlteredTable(work, address, fate);
}

void OrderAroundParents(Work& work) {
  std::map<QualifiedName, std::vector<std::size_t>> column_units;
  for (const auto* units : {&work.provided, &work.settled, &work.gone, &work.disturbed, &work.prepared}) {
    for (const auto& [address, unit] : *units) {
      if (address.kind == ObjectKind::Column) column_units[address.qualified()].push_back(unit);
    }
  }
  const auto each = [&](const schema::Object* table, const auto& visit) {
    if (table == nullptr) return;
    for (const QualifiedName& parent : ParentsOf(std::get<Table>(*table))) {
      for (const std::size_t unit : column_units[parent]) visit(unit);
    }
  };
  // What it had from its parents cannot be dropped before it has left them.
  for (const auto& [part, gone] : work.gone) {
    const auto left = IsTablePart(part.kind) ? work.left.find(TableOf(part)) : work.left.end();
    const schema::Object* object = left == work.left.end() ? nullptr : work.source.Find(part);
    if (object != nullptr && IsOfParent(*object)) work.precedences.push_back({left->second, gone, false});
  }
  for (const auto& [address, unit] : work.left) {
    each(work.source.Find(address), [&, unit = unit](std::size_t column) {
      work.precedences.push_back({unit, column, true});
    });
  }
  for (const auto& [address, unit] : work.joined) {
    each(work.target.Find(address), [&, unit = unit](std::size_t column) {
      work.precedences.push_back({column, unit, true});
    });
    // A check that the parent gains comes to it once it has joined.
    for (const schema::Object* part : work.target.PartsOf(address.qualified(), ObjectKind::Constraint)) {
      const auto maker = MakerOfCheck(work, *part);
      const auto made = maker ? work.provided.find(*maker) : work.provided.end();
      if (made != work.provided.end()) work.precedences.push_back({unit, made->second, false});
    }
    // A partition may have no column that its parent has not.
    for (const auto& [column, gone] : work.gone) {
      if (column.kind == ObjectKind::Column && column.qualified() == address.qualified())
        work.precedences.push_back({gone, unit, true});
    }
  }
}

void MakeIndexChoicesOfKeptTables(Work& work) {
  std::set<ObjectAddress> tables;
  for (const auto& [address, fate] : work.objects) {
    if (address.kind == ObjectKind::Table) tables.insert(address);
    if (address.kind == ObjectKind::Index || address.kind == ObjectKind::Constraint)
      tables.insert(TableOf(address));
  }
  for (const ObjectAddress& address : tables) {
    const Table* before = work.source.FindTable(address.qualified());
    const Table* after = work.target.FindTable(address.qualified());
    if (before == nullptr || after == nullptr || work.Goes(address)) continue;
    MakeIndexChoices(work, before, *after);
  }
}

}  // namespace schemac::plan
