// Keys and foreign keys of partitioned tables in use. The server adds none of them to such a table without
// reading its rows, unless each partition has its own that says the same: these become those of the table as
// they stand (DefineIndex in indexcmds.c; tryAttachPartitionForeignKey in tablecmds.c; on PostgreSQL 15).
#include <algorithm>

#include "compiler/plan/facts.h"
#include "compiler/plan/online.h"
#include "schema/keys.h"
#include "schema/partitions.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

// Whether each partition that holds rows before was a partition of the same table: one that leaves or joins
// has another order to be in.
bool PartitionsStay(const OnlineWork& online, const QualifiedName& table) {
  const std::set<QualifiedName> all = online.DescendantsOf(table);
  return std::all_of(all.begin(), all.end(), [&](const QualifiedName& one) {
    const schema::Table* before = online.work().source.FindTable(one);
    const schema::Table* after = online.work().target.FindTable(one);
    if (before == nullptr || !online.IsInUse(one)) return true;
    return after != nullptr && before->partition_of && after->partition_of &&
           before->partition_of->parent == after->partition_of->parent;
  });
}

bool HasPrimaryKey(const schema::Catalog& catalog, const QualifiedName& table) {
  const auto parts = catalog.PartsOf(table, ObjectKind::Constraint);
  return std::any_of(parts.begin(), parts.end(), [](const schema::Object* part) {
    return std::get<schema::Constraint>(*part).kind == schema::ConstraintKind::PrimaryKey;
  });
}

bool MayComeFirst(const OnlineWork& online, const schema::Constraint& key) {
  const schema::Catalog& source = online.work().source;
  if (source.FindRelation({key.table.schema, key.name})) return false;
  return key.kind != schema::ConstraintKind::PrimaryKey || !HasPrimaryKey(source, key.table);
}

// The table's own is added when all of the partitions' are there, and finds nothing to do.
void AddLast(Work& work, std::size_t made, const char* reason) {
  work.units[made].apart = true;
  Step& add = work.units[made].steps.back();
  add.facts.builds_index = add.facts.scans = false;
  add.reason = reason;
}

}  // namespace

void MakeKeyOfPartitionsOnline(OnlineWork& online, const ObjectAddress& address, const ObjectFate& fate,
                               std::size_t made) {
  Work& work = online.work();
  if (fate.before != nullptr || !PartitionsStay(online, address.qualified())) return;
  std::vector<schema::Constraint> keys;
  for (const auto& [copy, origin] : work.made_with) {
    if (copy.kind != ObjectKind::Constraint || !ComesWith(work, copy, address)) continue;
    auto key = std::get<schema::Constraint>(*work.objects.at(copy).after);
    if (!online.IsInUse(key.table) || online.IsPartitioned(key.table)) continue;
    if (!MayComeFirst(online, key)) return;
    key.inherited = false;
    keys.push_back(std::move(key));
  }
  if (keys.empty()) return;
  for (const schema::Constraint& key : keys) {
    const schema::Index index = schema::IndexBehind(key);
    const std::size_t build = online.AddLike(made);
    work.units[build].subject = TableAddress(key.table);
    BuildConcurrently(work, build, index);
    const std::size_t promote =
        online.AddApart(build, {TableStep(key.table, AddConstraint{key, false, index.name})});
    work.units[made].after.push_back(promote);
  }
  AddLast(work, made, "takes over the keys of the partitions");
}

void MakeForeignKeyOfPartitionsOnline(OnlineWork& online, const schema::Constraint& key, std::size_t made) {
  Work& work = online.work();
  if (!PartitionsStay(online, key.table)) return;
  std::vector<schema::Constraint> keys;
  for (const QualifiedName& partition : schema::PartitionsBelow(work.target, key.table)) {
    if (!online.IsInUse(partition) || online.IsPartitioned(partition)) continue;
    schema::Constraint own = key;
    own.table = partition;
    const ObjectAddress address = AddressOf(schema::Object(own));
    if (work.source.Has(address) || work.target.Has(address)) return;
    keys.push_back(std::move(own));
  }
  if (keys.empty()) return;
  for (const schema::Constraint& own : keys) {
    const std::size_t add = online.AddLike(made);
    work.units[add].subject = TableAddress(own.table);
    work.units[add].steps = {TableStep(own.table, AddConstraint{own, true, ""})};
    const std::size_t validate = online.AddApart(add, {TableStep(own.table, ValidateStep(own))});
    work.units[made].after.push_back(validate);
  }
  AddLast(work, made, "takes over the foreign keys of the partitions");
  // Their triggers on the referenced table go.
  LockReferenced(key, work.units[made].steps.back().facts);
}

}  // namespace schemac::plan
