#include <algorithm>
#include <set>

#include "compiler/plan/partitioned_indexes.h"
#include "compiler/plan/partitions.h"
#include "compiler/plan/work.h"
#include "compiler/sql/body_lacks.h"
#include "compiler/support/characters.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "schema/edit/names.h"
#include "schema/partitions.h"

namespace schemac::plan {
namespace {

using schema::Object;
using schema::ObjectAddress;
using schema::ObjectKind;

int ConstraintRank(const Object& object) {
  switch (std::get<schema::Constraint>(object).kind) {
    case schema::ConstraintKind::PrimaryKey:
      return rank::kPrimaryKey;
    case schema::ConstraintKind::Unique:
      return rank::kUnique;
    case schema::ConstraintKind::Check:
      return rank::kCheck;
    case schema::ConstraintKind::Exclusion:
      return rank::kExclusion;
    case schema::ConstraintKind::ForeignKey:
      return rank::kForeignKey;
  }
  return rank::kForeignKey;
}

struct Ranks {
  int create;
  int drop;
};
Ranks RanksOf(const Object& object) {
  switch (AddressOf(object).kind) {
    case ObjectKind::Schema:
      return {rank::kSchema, rank::kDropSchema};
    case ObjectKind::Extension:
      return {rank::kExtension, rank::kDropExtension};
    case ObjectKind::Collation:
      return {rank::kCollation, rank::kDropType};
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
      return {rank::kType, rank::kDropType};
    case ObjectKind::Sequence:
      return {rank::kSequence, rank::kDropSequence};
    case ObjectKind::Table:
    case ObjectKind::Column:
      return {rank::kTable, rank::kDropTable};
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      return {rank::kRoutine, rank::kDropRoutine};
    case ObjectKind::Raw:
      return {rank::kRaw, rank::kDropRoutine};
    case ObjectKind::View:
      return {rank::kView, rank::kDropDependent};
    case ObjectKind::Constraint:
      return {ConstraintRank(object), rank::kDropDependent};
    case ObjectKind::Index:
      return {rank::kIndex, rank::kDropDependent};
    case ObjectKind::Trigger:
    case ObjectKind::Policy:
    case ObjectKind::Rule:
    case ObjectKind::Statistics:
      return {rank::kDependent, rank::kDropDependent};
    case ObjectKind::EventTrigger:
      return {rank::kEventTrigger, rank::kDropDependent};
    case ObjectKind::DefaultPrivileges:
    case ObjectKind::SeedRow:
    case ObjectKind::Role:
      return {rank::kEventTrigger, rank::kDropSchema};
  }
  return {rank::kTable, rank::kDropTable};
}

// What the object's unit is listed under: its table, where it is part of one.
ObjectAddress SubjectOf(const ObjectAddress& address) {
  return IsTablePart(address.kind) ? TableOf(address) : address;
}

// Indexes are attached to the index of the parent when that is made (implied.cpp).
void NeedChildIndexes(const Work& work, const schema::Index& index, std::vector<Need>& needs) {
  const schema::Table* table = work.target.FindTable(index.table);
  if (table == nullptr || !table->partition_key) return;
  const std::string name = QuoteQualified(index.table.schema, index.name);
  for (const auto& [address, fate] : work.objects) {
    if (address.kind != ObjectKind::Index || fate.after == nullptr) continue;
    if (std::get<schema::Index>(*fate.after).parent == name) needs.push_back({address, false});
  }
}

// A check that a child has for itself and that holds cannot be merged into one that is NOT VALID: it stands
// there first (MergeConstraintsIntoExisting and MergeWithExistingConstraint, tablecmds.c and heap.c).
void NeedChecksOfChildren(const Work& work, const schema::Constraint& constraint, std::vector<Need>& needs) {
  if (!constraint.check || !constraint.not_valid) return;
  for (const schema::QualifiedName& child : work.target.ChildrenOf(constraint.table)) {
    const ObjectAddress address{ObjectKind::Constraint, child.schema, child.name, constraint.name};
    const auto* own = work.target.Get<schema::Constraint>(address);
    if (own != nullptr && !own->inherited && !own->not_valid) needs.push_back({address, false});
  }
}

void CreateParts(Work& work, const Object& object, Unit& unit) {
  if (const auto* constraint = std::get_if<schema::Constraint>(&object)) {
    for (const std::string& column : constraint->columns) {
      unit.settles.push_back(ColumnAddress(constraint->table, column));
    }
    if (constraint->check) {
      for (const schema::Reference& reference : constraint->check->references)
        unit.settles.push_back(reference.target);
    }
    NeedChecksOfChildren(work, *constraint, unit.needs);
    if (!constraint->foreign_key) return;
    for (const std::string& column : constraint->foreign_key->columns) {
      unit.settles.push_back(ColumnAddress(constraint->foreign_key->table, column));
    }
    const schema::ForeignKey& target = *constraint->foreign_key;
    AddReferencedKeys(work.target, *constraint, unit.needs);
    // It rests on the oldest of the keys over its columns: those that go must be gone.
    for (const ObjectAddress& key : FindUniqueKeys(work.source, target.table, target.columns)) {
      if (work.Goes(key)) unit.after_gone.push_back(key);
    }
    // A partition that goes could not do so any more.
    for (const schema::QualifiedName& partition : schema::PartitionsBelow(work.source, target.table)) {
      if (work.Goes(TableAddress(partition))) unit.after_gone.push_back(TableAddress(partition));
    }
    return;
  }
  if (const auto* index = std::get_if<schema::Index>(&object)) {
    for (const schema::IndexElement& element : index->elements) {
      unit.settles.push_back(ColumnAddress(index->table, element.column));
    }
    NeedChildIndexes(work, *index, unit.needs);
  }
}

void NeedKeysOfGrouping(const schema::Catalog& catalog, const Object& object, std::vector<Need>& needs) {
  const auto* view = std::get_if<schema::View>(&object);
  if (view == nullptr) return;
  for (const ObjectAddress& key : KeysOfGrouping(catalog, *view)) needs.push_back({key, false});
}

bool NamesWhatIsMissing(const Work& work, const Object& object) {
  const auto* function = std::get_if<schema::Function>(&object);
  return function != nullptr && sql::BodyLacksNames(*function, work.target);
}

Step CreateStep(const Work& work, const Object& object, const ObjectFate& fate) {
  const ObjectAddress address = AddressOf(object);
  if (const auto* constraint = std::get_if<schema::Constraint>(&object)) {
    return TableStep(constraint->table, AddConstraint{*constraint, constraint->not_valid, fate.using_index},
                     fate.reason);
  }
  CreateObject create{object, false, fate.concurrently, {}};
  if (auto* index = std::get_if<schema::Index>(&create.object)) {
    if (work.IsNew(TableAddress(index->table))) create.concurrently = false;
    if (!StaysOnly(work, *index)) index->only = false;
    index->parent.clear();
  }
  return MakeStep(std::move(create), SubjectOf(address), fate.reason);
}

// The copy of a parent's key bears the name of the server's choice, with a number when that is taken, until
// it is given its own.
std::vector<Step> NameOfCopiedKey(const Object& object) {
  static const schema::Catalog kEmpty = schema::Catalog::Empty();
  const auto* key = std::get_if<schema::Constraint>(&object);
  if (key == nullptr || !key->inherited || key->no_inherit || key->kind == schema::ConstraintKind::Check)
    return {};
  schema::Constraint copy = *key;
  copy.name.clear();
  copy.name = schema::ChooseConstraintName(kEmpty, copy);
  const std::string_view name = key->name;
  const bool is_chosen =
      name.starts_with(copy.name) && std::ranges::all_of(name.substr(copy.name.size()), IsDigit);
  if (is_chosen) return {};
  const ObjectAddress made = AddressOf(Object(copy));
  return {MakeStep(RenameObject{made, AddressOf(object), Object(copy)}, SubjectOf(made))};
}

void MakeCreate(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  const Object& object = *fate.after;
  const bool implied = work.made_with.contains(address);
  if (!implied) {
    Unit unit;
    unit.subject = SubjectOf(address);
    unit.rank = RanksOf(object).create;
    ObjectFate again = fate;
    if (again.fate != Fate::Replace || again.reason.empty()) {
      again.reason.clear();
    } else {
      again.reason = "as before: " + fate.reason;
    }
    unit.steps.push_back(CreateStep(work, object, again));
    if (const auto* create = std::get_if<CreateObject>(&unit.steps.front().action)) {
      unit.concurrently = create->concurrently;
    }
    AddNeeds(object, unit.needs);
    unit.body_names_missing = NamesWhatIsMissing(work, object);
    NeedKeysOfGrouping(work.target, object, unit.needs);
    CreateParts(work, object, unit);
    work.provided[address] = work.Add(std::move(unit));
  }
  Unit remarks;
  remarks.subject = SubjectOf(address);
  remarks.rank = IsTablePart(address.kind) ? rank::kFinishTable : RanksOf(object).create;
  if (implied) remarks.steps = NameOfCopiedKey(object);
  if (!remarks.steps.empty()) remarks.needs.push_back({SubjectOf(address), false});
  Append(remarks.steps, RemarksOfNew(work, object));
  if (remarks.steps.empty()) return;
  remarks.needs.push_back({address, false});
  const bool part = IsTablePart(address.kind);
  if (!part && !implied) {
    Append(work.units[work.provided.at(address)].steps, std::move(remarks.steps));
  } else {
    work.Add(std::move(remarks));
  }
}

void MakeDrop(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  if (work.gone_with.contains(address)) return;
  const Object& object = *fate.before;
  Unit unit;
  unit.subject = SubjectOf(address);
  unit.rank = RanksOf(object).drop;
  const std::string reason = fate.fate == Fate::Replace || !fate.reason.empty() ? fate.reason : "";
  if (const auto* constraint = std::get_if<schema::Constraint>(&object)) {
    unit.steps.push_back(TableStep(constraint->table, DropConstraint{*constraint}, reason));
    AddReferencedKeys(work.source, *constraint, unit.releases);
    ReleasePartitions(work, *constraint, unit.releases);
  } else {
    const bool concurrently =
        fate.concurrently && fate.fate == Fate::Drop && address.kind == ObjectKind::Index;
    unit.steps.push_back(MakeStep(DropObject{object, concurrently}, unit.subject, reason));
    unit.concurrently = concurrently;
  }
  AddNeeds(object, unit.releases);
  NeedKeysOfGrouping(work.source, object, unit.releases);
  if (const auto* view = std::get_if<schema::View>(&object)) {
    for (const Object* part : PartsGoneWith(work, view->name)) AddNeeds(*part, unit.releases);
  }
  work.gone[address] = work.Add(std::move(unit));
}

void MakeAlter(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  Unit unit;
  unit.subject = SubjectOf(address);
  unit.rank = RanksOf(*fate.after).create;
  unit.steps = AlterSteps(fate);
  if (unit.steps.empty()) return;
  AddNeeds(*fate.after, unit.needs);
  AddNeeds(*fate.before, unit.releases);
  const bool remakes = std::ranges::any_of(
      unit.steps, [](const Step& step) { return std::holds_alternative<CreateObject>(step.action); });
  unit.body_names_missing = remakes && NamesWhatIsMissing(work, *fate.after);
  if (fate.or_replace) {
    NeedKeysOfGrouping(work.target, *fate.after, unit.needs);
    NeedKeysOfGrouping(work.source, *fate.before, unit.releases);
  }
  work.provided[address] = work.Add(std::move(unit));
}

// Ownership comes when the column is there; a serial column's default needs the sequence before.
void MakeOwnership(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  if (fate.after == nullptr) return;
  const auto& to = std::get<schema::Sequence>(*fate.after);
  schema::Sequence from = to;
  from.owned_by.reset();
  if (fate.before != nullptr) from.owned_by = std::get<schema::Sequence>(*fate.before).owned_by;
  // Whoever loses the column that owned it has lost the sequence, unless it is freed first.
  if (from.owned_by == to.owned_by) return;
  Unit unit;
  unit.subject = to.owned_by ? TableOf(*to.owned_by) : address;
  unit.rank = rank::kFinishTable;
  unit.steps.push_back(MakeStep(AlterSequence{from, to}, unit.subject));
  unit.needs.push_back({address, false});
  if (to.owned_by) unit.needs.push_back({*to.owned_by, false});
  if (from.owned_by) unit.releases.push_back({*from.owned_by, false});
  if (to.owned_by && fate.before == nullptr && work.source.Has(*to.owned_by) && !work.Goes(*to.owned_by) &&
      !work.Goes(TableOf(*to.owned_by))) {
    const schema::QualifiedName table = to.owned_by->qualified();
    const bool down = to.options.increment < 0;
    const std::string next =
        (down ? "min(" : "max(") + QuoteIdentifier(to.owned_by->member) + ")" +
        (down ? " - " + std::to_string(-to.options.increment) : " + " + std::to_string(to.options.increment));
    const std::string name = QuoteLiteral(QuoteQualified(to.name.schema, to.name.name));
    unit.steps.push_back(MakeStep(RunSql{"", "SELECT setval(" + name + ", (SELECT coalesce(" + next + ", " +
                                                 std::to_string(to.options.start) + ") FROM " +
                                                 QuoteQualified(table.schema, table.name) + "), false);"},
                                  unit.subject, "the sequence goes on after the rows that exist"));
  }
  work.Add(std::move(unit));
}

void MakeObjectUnits(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  const bool is_type = address.kind == ObjectKind::Enum || address.kind == ObjectKind::Composite ||
                       address.kind == ObjectKind::Range || address.kind == ObjectKind::Domain;
  if (address.kind == ObjectKind::Table) return MakeTableUnits(work, address, fate);
  if (address.kind == ObjectKind::SeedRow || address.kind == ObjectKind::DefaultPrivileges) return;
  if (is_type && (fate.fate == Fate::Alter || fate.retyped)) return MakeTypeUnits(work, address, fate);
  if (fate.fate == Fate::Drop || fate.fate == Fate::Replace) MakeDrop(work, address, fate);
  if (fate.fate == Fate::Create || fate.fate == Fate::Replace) MakeCreate(work, address, fate);
  if (fate.fate == Fate::Alter) MakeAlter(work, address, fate);
  if (address.kind == ObjectKind::Sequence) MakeOwnership(work, address, fate);
}

// Default privileges change last, so that those of before count for all that the plan makes (remarks.cpp).
// Those of a schema go with it.
void MakeDefaultPrivileges(Work& work) {
  Unit unit;
  unit.rank = rank::kDropSchema;
  for (const auto& [address, fate] : work.objects) {
    if (address.kind != ObjectKind::DefaultPrivileges) continue;
    if (work.Goes({ObjectKind::Schema, "", address.schema, ""})) continue;
    const Object& shape = fate.after != nullptr ? *fate.after : *fate.before;
    schema::DefaultPrivileges none = std::get<schema::DefaultPrivileges>(shape);
    none.privileges.clear();
    none.revoked.clear();
    const Object empty(none);
    const auto& from = std::get<schema::DefaultPrivileges>(fate.before != nullptr ? *fate.before : empty);
    const auto& to = std::get<schema::DefaultPrivileges>(fate.after != nullptr ? *fate.after : empty);
    unit.subject = address;
    unit.steps.push_back(MakeStep(AlterDefaultPrivileges{from, to}, address));
  }
  if (unit.steps.empty()) return;
  for (std::size_t other = 0; other < work.units.size(); ++other) unit.after.push_back(other);
  work.Add(std::move(unit));
}

// `select *` is spelled out by the server when the view is made: by then the columns that go have gone.
void OrderStars(Work& work) {
  for (const auto& [address, fate] : work.objects) {
    const auto made = work.provided.find(address);
    if (address.kind != ObjectKind::View || made == work.provided.end() || !work.IsNew(address)) continue;
    std::set<schema::QualifiedName> relations;
    for (const schema::Reference& reference : std::get<schema::View>(*fate.after).query.references) {
      if (!reference.IsSpelled() && reference.target.kind == ObjectKind::Column)
        relations.insert(reference.target.qualified());
    }
    if (relations.empty()) continue;
    for (const auto& [column, unit] : work.gone) {
      if (column.kind == ObjectKind::Column && relations.contains(column.qualified()))
        work.precedences.push_back({unit, made->second, false});
    }
  }
}

bool NeedsRelations(const Object& object) {
  const auto* raw = std::get_if<schema::Raw>(&object);
  if (raw == nullptr) return false;
  return std::any_of(raw->depends_on.begin(), raw->depends_on.end(), [](const ObjectAddress& on) {
    return on.kind == ObjectKind::Table || on.kind == ObjectKind::View || on.kind == ObjectKind::Column ||
           on.kind == ObjectKind::Constraint;
  });
}

// Nothing says that it needs an extension, or an operator that only raw SQL knows: those are there before
// whatever may use them and go after it. Units without steps stand between, to spare an edge for each pair.
void GateFoundations(Work& work) {
  const std::size_t units = work.units.size();
  std::map<ObjectKind, std::pair<std::size_t, std::size_t>> gates;
  for (const auto& [address, fate] : work.objects) {
    const bool founds = address.kind == ObjectKind::Extension || address.kind == ObjectKind::Raw;
    if (!founds || NeedsRelations(fate.after != nullptr ? *fate.after : *fate.before)) continue;
    auto gate = gates.find(address.kind);
    if (gate == gates.end())
      gate = gates.emplace(address.kind, std::pair(work.Add(Unit()), work.Add(Unit()))).first;
    const auto made = work.provided.find(address);
    if (made != work.provided.end()) work.precedences.push_back({made->second, gate->second.first, true});
    const auto gone = work.gone.find(address);
    if (gone != work.gone.end()) work.precedences.push_back({gate->second.second, gone->second, true});
  }
  for (const auto& [kind, gate] : gates) {
    const int first_rank = kind == ObjectKind::Extension ? rank::kCollation : rank::kTable;
    const int drop_rank = kind == ObjectKind::Extension ? rank::kDropExtension : rank::kDropRoutine;
    for (std::size_t unit = 0; unit < units; ++unit) {
      const int rank = work.units[unit].rank;
      if (rank >= first_rank && rank < rank::kDropColumn && rank != rank::kPrepareColumn)
        work.precedences.push_back({gate.first, unit, true});
      if (rank < drop_rank && rank >= rank::kDropColumn)
        work.precedences.push_back({unit, gate.second, true});
      if (rank == rank::kDropDependent || rank == rank::kPrepareColumn)
        work.precedences.push_back({unit, gate.second, true});
    }
  }
}

}  // namespace

void AddReferencedKeys(const schema::Catalog& catalog, const schema::Constraint& constraint,
                       std::vector<Need>& needs) {
  if (!constraint.foreign_key) return;
  const schema::ForeignKey& target = *constraint.foreign_key;
  for (const ObjectAddress& key : FindUniqueKeys(catalog, target.table, target.columns))
    needs.push_back({key, false});
}

void AddNeeds(const Object& object, std::vector<Need>& needs) {
  schema::ForEachDependency(object, [&](const ObjectAddress& on, schema::DependencyKind kind) {
    needs.push_back({on, kind == schema::DependencyKind::Soft});
  });
  // `public` is a schema like any other when it comes or goes.
  const ObjectAddress address = AddressOf(object);
  if (!address.schema.empty()) needs.push_back({{ObjectKind::Schema, "", address.schema, ""}, false});
}

void Append(std::vector<Step>& steps, std::vector<Step> more) {
  std::move(more.begin(), more.end(), std::back_inserter(steps));
}

void MakeUnits(Work& work) {
  FindImplied(work);
  for (const auto& [address, fate] : work.objects) MakeObjectUnits(work, address, fate);
  MakeColumnUnits(work);
  OrderStars(work);
  OrderAroundParents(work);
  LeaveHeldParents(work);
  OrderSiblings(work);
  AttachToIncompleteIndexes(work);
  MakeIndexChoicesOfKeptTables(work);
  MakeRowUnits(work);
  GateFoundations(work);
  MakeDefaultPrivileges(work);
}

}  // namespace schemac::plan
