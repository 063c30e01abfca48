#include <algorithm>

#include "compiler/plan/facts.h"
#include "compiler/plan/work.h"
#include "compiler/sql/replace_view.h"
#include "compiler/support/overloaded.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

// nullptr when neither state has the object: something before has taken it away.
ObjectFate* Enter(Work& work, const ObjectAddress& address) {
  const schema::Object* before = work.source.Find(address);
  const schema::Object* after = work.target.Find(address);
  if (before == nullptr && after == nullptr) return nullptr;
  ObjectFate& fate = work.objects[address];
  fate.before = before;
  fate.after = after;
  if (before == nullptr) {
    fate.fate = Fate::Create;
  } else if (after == nullptr) {
    fate.fate = Fate::Drop;
  } else if (!(*before == *after)) {
    fate.fate = AltersInPlace(*before, *after) ? Fate::Alter : Fate::Replace;
  }
  return &fate;
}

ColumnFate& EnterColumn(Work& work, const ObjectAddress& address) {
  ColumnFate& fate = work.columns[address];
  const schema::Table* before = work.source.FindTable(address.qualified());
  const schema::Table* after = work.target.FindTable(address.qualified());
  fate.before = before == nullptr ? nullptr : before->FindColumn(address.member);
  fate.after = after == nullptr ? nullptr : after->FindColumn(address.member);
  if (fate.before == nullptr) {
    fate.fate = Fate::Create;
  } else if (fate.after == nullptr) {
    fate.fate = Fate::Drop;
  } else {
    // A generation expression cannot be changed or given to a column before PostgreSQL 17; nothing but the
    // column's own values, which can be computed again, is lost by making it anew.
    const bool regenerates = fate.after->generated && fate.before->generated != fate.after->generated;
    fate.fate = regenerates ? Fate::Replace : Fate::Alter;
    fate.converts = fate.before->type != fate.after->type || fate.before->collation != fate.after->collation;
  }
  return fate;
}

bool IsEmpty(const ColumnFate& fate) { return fate.before == nullptr && fate.after == nullptr; }

void EnterChange(Work& work, const schema::Change& change) {
  std::visit(Overloaded{
                 [&](const schema::CreateObject& create) {
                   ObjectFate* fate = Enter(work, AddressOf(create.object));
                   if (fate != nullptr && create.concurrently) fate->concurrently = true;
                 },
                 [&](const schema::DropObject& drop) {
                   ObjectFate* fate = Enter(work, AddressOf(drop.object));
                   if (fate != nullptr && drop.concurrently) fate->concurrently = true;
                 },
                 [&](const schema::AlterObject& alter) {
                   ObjectFate* fate = Enter(work, AddressOf(alter.to));
                   if (fate != nullptr) fate->heirs = alter.heirs;
                 },
                 [](const schema::RenameObject&) {},  // MakePlan has applied them.
                 [&](const schema::AddColumn& add) {
                   ColumnFate& fate = EnterColumn(work, ColumnAddress(add.table, add.column.name));
                   if (add.backfill) fate.backfill = add.backfill;
                 },
                 [&](const schema::DropColumn& drop) {
                   EnterColumn(work, ColumnAddress(drop.table, drop.column.name));
                 },
                 [&](const schema::AlterColumn& alter) {
                   ColumnFate& fate = EnterColumn(work, ColumnAddress(alter.table, alter.to.name));
                   fate.conversion = alter.conversion;
                   if (alter.backfill) fate.backfill = alter.backfill;
                 },
                 [&](const schema::ChangeData& change_data) { work.data.push_back(change_data); },
             },
             change);
}

// Whether the view's text has a `*` that the server would spell out before columns that go have gone.
bool HasStarOfChange(const Work& work, const schema::View& view) {
  return std::any_of(
      view.query.references.begin(), view.query.references.end(), [&](const schema::Reference& reference) {
        if (reference.IsSpelled() || reference.target.kind != ObjectKind::Column) return false;
        return std::any_of(work.columns.begin(), work.columns.end(), [&](const auto& entry) {
          return entry.first.qualified() == reference.target.qualified() && work.Goes(entry.first);
        });
      });
}

// A relation that goes takes its views along, also when another kind of relation comes under its name.
bool LosesRelation(const Work& work, const schema::View& view) {
  return std::any_of(view.query.references.begin(), view.query.references.end(),
                     [&](const schema::Reference& reference) {
                       const ObjectAddress& to = reference.target;
                       return work.Goes({ObjectKind::Table, to.schema, to.name, ""}) ||
                              work.Goes({ObjectKind::View, to.schema, to.name, ""});
                     });
}

// While both overloads are there, a call could mean either: the one that goes has to, and with it what uses
// it, before the view means the other.
bool CallsBesideOneThatGoes(const Work& work, const schema::View& view) {
  return std::ranges::any_of(view.query.references, [&](const schema::Reference& reference) {
    if (reference.target.kind != ObjectKind::Function || !work.IsNew(reference.target)) return false;
    return std::ranges::any_of(work.source.FindFunctions(reference.target.qualified()),
                               [&](const ObjectAddress& overload) { return work.Goes(overload); });
  });
}

// Columns that stay, and new ones at the end, spare the view's dependents a drop.
void ReplaceViews(Work& work) {
  for (auto& [address, fate] : work.objects) {
    if (address.kind != ObjectKind::View || fate.fate != Fate::Replace) continue;
    const auto& before = std::get<schema::View>(*fate.before);
    const auto& after = std::get<schema::View>(*fate.after);
    if (HasStarOfChange(work, after) || LosesRelation(work, before) || CallsBesideOneThatGoes(work, after))
      continue;
    if (!sql::ReplaceKeepsColumns(before, work.source, after, work.target)) continue;
    fate.fate = Fate::Alter;
    fate.or_replace = true;
  }
}

// Columns of a table that comes or goes as a whole have no fate of their own.
bool TableDecides(const Work& work, const ObjectAddress& column) {
  const Fate table = work.FateOf(TableOf(column));
  return table == Fate::Create || table == Fate::Drop || table == Fate::Replace ||
         work.source.FindTable(column.qualified()) == nullptr;
}

}  // namespace

Fate Work::FateOf(const ObjectAddress& address) const {
  if (address.kind == ObjectKind::Column) {
    const auto column = columns.find(address);
    return column == columns.end() ? Fate::Keep : column->second.fate;
  }
  const auto object = objects.find(address);
  return object == objects.end() ? Fate::Keep : object->second.fate;
}

bool Work::Goes(const ObjectAddress& address) const {
  const Fate fate = FateOf(address);
  return fate == Fate::Drop || fate == Fate::Replace;
}

bool Work::IsNew(const ObjectAddress& address) const {
  const Fate fate = FateOf(address);
  return fate == Fate::Create || fate == Fate::Replace;
}

void Work::Refuse(DiagnosticKind kind, std::string message, std::string fix) {
  sink->Report(Diagnostic(kind, Span{}, std::move(message)).Fix(std::move(fix)));
}

void Decide(Work& work, const std::vector<schema::Change>& changes) {
  for (const schema::Change& change : changes) EnterChange(work, change);
  std::erase_if(work.objects, [](const auto& entry) { return entry.second.fate == Fate::Keep; });
  std::erase_if(work.columns,
                [&](const auto& entry) { return IsEmpty(entry.second) || TableDecides(work, entry.first); });
  ReplaceViews(work);
  PromoteIndexes(work);
  for (auto& [address, fate] : work.objects) {
    // Labels that go or change places: only a new type will do.
    if (address.kind != ObjectKind::Enum || fate.fate != Fate::Alter) continue;
    if (!LabelsGrowInPlace(std::get<schema::Enum>(*fate.before), std::get<schema::Enum>(*fate.after))) {
      fate.fate = Fate::Replace;
    }
  }
}

Step MakeStep(Action action, const ObjectAddress& subject, std::string reason) {
  Step step{std::move(action), {}, std::move(reason), subject};
  step.facts = FactsOf(step.action);
  return step;
}

Step TableStep(const schema::QualifiedName& table, TableAction action, std::string reason) {
  AlterTable alter;
  alter.table = table;
  alter.actions.push_back(std::move(action));
  return MakeStep(std::move(alter), TableAddress(table), std::move(reason));
}

}  // namespace schemac::plan
