// Indexes and keys of tables in use: built concurrently, and before what they replace goes.
#include <algorithm>

#include "compiler/plan/online.h"
#include "schema/keys.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

Step BuildStep(const schema::Index& index, std::string reason) {
  return MakeStep(CreateObject{index, false, true, {}}, TableAddress(index.table), std::move(reason));
}

// The steps of a unit that makes or drops one index hold it as the server is told of it.
const schema::Index& IndexOf(const Unit& unit) {
  const Action& action = unit.steps.front().action;
  if (const auto* create = std::get_if<CreateObject>(&action)) return std::get<schema::Index>(create->object);
  return std::get<schema::Index>(std::get<DropObject>(action).object);
}

// Where rows are written, equal ones may have to wait until a unique index is gone.
bool RowsAreWritten(const Work& work, const QualifiedName& table) {
  if (!work.data.empty()) return true;
  return std::any_of(work.objects.begin(), work.objects.end(), [&](const auto& entry) {
    return entry.first.kind == ObjectKind::SeedRow && entry.first.qualified() == table;
  });
}

// Extensions and what is kept as SQL may hold an operator class of the index; nothing tells.
bool FoundationsGo(const Work& work) {
  return std::any_of(work.objects.begin(), work.objects.end(), [&](const auto& entry) {
    const schema::ObjectKind kind = entry.first.kind;
    return (kind == ObjectKind::Extension || kind == ObjectKind::Raw) && work.Goes(entry.first);
  });
}

bool MayGoLate(const OnlineWork& online, const schema::Index& index, const ObjectFate& fate) {
  return fate.reason.empty() && index.parent.empty() && !online.IsPartitioned(index.table) &&
         online.IsInUse(index.table) && online.IsCalm(*fate.before) && !FoundationsGo(online.work());
}

void DropConcurrently(Work& work, std::size_t unit) {
  Unit& drop = work.units[unit];
  Step& step = drop.steps.front();
  step = MakeStep(DropObject{IndexOf(drop), true}, drop.subject, step.reason);
  drop.concurrently = true;
}

// The old one takes another name and serves until the new one is built.
void ReplaceIndex(OnlineWork& online, const ObjectAddress& address, const ObjectFate& fate, std::size_t made,
                  std::size_t gone) {
  Work& work = online.work();
  BuildConcurrently(work, made, IndexOf(work.units[made]));
  schema::Index old = std::get<schema::Index>(*fate.before);
  old.name = online.FormerName(old.table, old.name);
  const std::size_t drop = online.AddLike(gone);
  work.units[drop].steps = {MakeStep(DropObject{old, true}, TableAddress(old.table))};
  work.units[drop].concurrently = true;
  work.units[drop].after.push_back(made);
  online.TakeOver(gone, drop);
  Unit& rename = work.units[gone];
  rename.steps = {MakeStep(RenameObject{address, AddressOf(old), *fate.before}, TableAddress(old.table),
                           "serves until the new one is built")};
  rename.releases.clear();
}

// Each partition's index concurrently; then that of the partitioned table takes them over (manual, CREATE
// INDEX: matching indexes are attached), and has nothing to build.
void BuildOfPartitions(OnlineWork& online, const ObjectAddress& address, std::size_t made) {
  Work& work = online.work();
  bool any = false;
  for (const auto& [copy, origin] : work.made_with) {
    if (copy.kind != ObjectKind::Index || !ComesWith(work, copy, address)) continue;
    schema::Index index = std::get<schema::Index>(*work.objects.at(copy).after);
    if (!online.IsInUse(index.table) || online.IsPartitioned(index.table)) continue;
    index.parent.clear();
    index.statistics.clear();
    const std::size_t build = online.AddLike(made);
    work.units[build].subject = TableAddress(index.table);
    // Those of partitions are what comes first now.
    std::erase_if(work.units[build].needs,
                  [](const Need& need) { return need.address.kind == ObjectKind::Index; });
    BuildConcurrently(work, build, index);
    work.units[made].after.push_back(build);
    any = true;
  }
  if (!any) return;
  work.units[made].apart = true;
  Step& attach = work.units[made].steps.front();
  attach.facts.builds_index = attach.facts.scans = false;  // Of the table of facts, AttachIndex.
  attach.reason = "takes over the indexes of the partitions";
}

// Views that group by a primary key would be gone until the new one is there.
bool IsGroupedBy(const Work& work, const ObjectAddress& key) {
  const auto& around = work.dependents.Of(TableOf(key));
  return std::any_of(around.begin(), around.end(), [&](const auto& entry) {
    const auto* view = work.source.Get<schema::View>(entry.first);
    if (view == nullptr) return false;
    const std::vector<ObjectAddress> keys = KeysOfGrouping(work.source, *view);
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  });
}

// Whether the former key may stay until the new one is there.
bool MayServe(const OnlineWork& online, const ObjectAddress& address, const ObjectFate& fate) {
  const Work& work = online.work();
  return fate.reason.empty() && work.dependents.Of(address).empty() && !IsGroupedBy(work, address) &&
         !online.IsChosen(address.qualified(), address.member) && online.IsCalm(*fate.before);
}

// The former key takes another name, and goes in the statement that makes the index the new one.
void ReplaceKey(OnlineWork& online, const ObjectAddress& address, const ObjectFate& fate, std::size_t made,
                std::size_t gone) {
  Work& work = online.work();
  schema::Constraint old = std::get<schema::Constraint>(*fate.before);
  old.name = online.FormerName(old.table, old.name);
  Unit& rename = work.units[gone];
  Unit& make = work.units[made];
  make.steps.insert(make.steps.begin(), TableStep(old.table, DropConstraint{old}));
  make.releases.insert(make.releases.end(), rename.releases.begin(), rename.releases.end());
  rename.steps = {MakeStep(RenameObject{address, AddressOf(old), *fate.before}, TableAddress(old.table),
                           "serves until the new one is built")};
  rename.releases.clear();
  online.TakeOver(gone, made);
}

}  // namespace

bool ComesWith(const Work& work, ObjectAddress copy, const ObjectAddress& object) {
  for (auto at = work.made_with.find(copy); at != work.made_with.end(); at = work.made_with.find(copy)) {
    if (at->second == object) return true;
    copy = at->second;
  }
  return false;
}

void BuildConcurrently(Work& work, std::size_t unit, const schema::Index& index) {
  Unit& build = work.units[unit];
  const std::string reason = build.steps.empty() ? "" : build.steps.front().reason;
  build.steps = {BuildStep(index, reason)};
  build.concurrently = true;
}

void MakeIndexOnline(OnlineWork& online, const ObjectAddress& address, const ObjectFate& fate) {
  Work& work = online.work();
  const auto made = work.provided.find(address);
  const auto gone = work.gone.find(address);
  const bool comes = fate.after != nullptr && work.IsNew(address) && made != work.provided.end();
  const bool goes = fate.before != nullptr && work.Goes(address) && gone != work.gone.end();
  if (goes) {
    const auto& index = std::get<schema::Index>(*fate.before);
    if (!MayGoLate(online, index, fate)) return;
    if (index.unique && RowsAreWritten(work, index.table)) return;
    if (!comes) return DropConcurrently(work, gone->second);
    if (!work.dependents.Of(address).empty() || online.IsChosen(index.table, index.name)) return;
    return ReplaceIndex(online, address, fate, made->second, gone->second);
  }
  if (!comes) return;
  const auto& index = std::get<schema::Index>(*fate.after);
  if (!online.IsInUse(index.table)) return;
  if (online.IsPartitioned(index.table)) return BuildOfPartitions(online, address, made->second);
  BuildConcurrently(work, made->second, IndexOf(work.units[made->second]));
}

void MakeKeyOnline(OnlineWork& online, const ObjectAddress& address, const ObjectFate& fate) {
  Work& work = online.work();
  if (!fate.using_index.empty()) return;
  const auto& key = std::get<schema::Constraint>(*fate.after);
  const auto made = work.provided.find(address);
  if (made == work.provided.end() || !online.IsInUse(key.table)) return;
  if (online.IsPartitioned(key.table)) return MakeKeyOfPartitionsOnline(online, address, fate, made->second);
  const auto gone = work.gone.find(address);
  const bool replaces = fate.before != nullptr && work.Goes(address) && gone != work.gone.end();
  const auto former = work.source.FindRelation({key.table.schema, key.name});
  if (former && (*former != address || !replaces || !MayServe(online, address, fate))) return;
  if (replaces) ReplaceKey(online, address, fate, made->second, gone->second);
  const schema::Index index = schema::IndexBehind(key);
  const std::size_t build = online.AddLike(made->second);
  // What is given up with the former key is not given up before the index is built.
  work.units[build].releases.clear();
  BuildConcurrently(work, build, index);
  Unit& promote = work.units[made->second];
  promote.steps.back() =
      TableStep(key.table, AddConstraint{key, false, index.name}, promote.steps.back().reason);
  promote.after.push_back(build);
  if (replaces) work.units[build].after.push_back(gone->second);
  promote.apart = true;
}

}  // namespace schemac::plan
