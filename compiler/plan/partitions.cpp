// A foreign key to a partitioned table holds each of its partitions, for which pg_constraint has a row of its
// own (CloneFkReferenced in tablecmds.c): DROP TABLE of one is refused while the key stands.
#include "schema/partitions.h"

#include <algorithm>

#include "compiler/plan/partitions.h"
#include "compiler/plan/work.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

bool IsHeldByKey(const Work& work, const QualifiedName& table) {
  const auto ancestors = schema::PartitionedAncestors(work.source, table);
  return std::ranges::any_of(ancestors, [&](const QualifiedName& ancestor) {
    return std::ranges::any_of(work.dependents.Of(TableAddress(ancestor)), [&](const auto& dependent) {
      const auto* key = work.source.Get<schema::Constraint>(dependent.first);
      return key != nullptr && key->foreign_key && key->foreign_key->table == ancestor &&
             !work.Goes(dependent.first);
    });
  });
}

}  // namespace

void ReleasePartitions(const Work& work, const schema::Constraint& constraint, std::vector<Need>& releases) {
  if (!constraint.foreign_key) return;
  for (const QualifiedName& partition : schema::PartitionsBelow(work.source, constraint.foreign_key->table))
    releases.push_back({TableAddress(partition), false});
}

void LeaveHeldParents(Work& work) {
  for (const auto& [address, fate] : work.objects) {
    const auto* table = work.Goes(address) ? work.source.Get<schema::Table>(address) : nullptr;
    if (table == nullptr || !table->partition_of || work.Goes(TableAddress(table->partition_of->parent)) ||
        !IsHeldByKey(work, table->name)) {
      continue;
    }
    Unit leave;
    leave.subject = address;
    leave.rank = rank::kPrepareColumn;
    leave.steps.push_back(
        TableStep(table->partition_of->parent, DetachPartition{table->name}, "a foreign key holds it"));
    leave.steps.back().subject = address;
    const std::size_t left = work.Add(std::move(leave));
    work.precedences.push_back({left, work.gone.at(address), false});
    for (const QualifiedName& below : schema::PartitionsBelow(work.source, table->name)) {
      const auto gone = work.gone.find(TableAddress(below));
      if (gone != work.gone.end()) work.precedences.push_back({left, gone->second, false});
    }
  }
}

void DropLeftForeignKeys(const Work& work, const schema::Table& before, const schema::Table& after,
                         Unit& leave) {
  const auto next = schema::ForeignKeysOfParents(work.target, after.name);
  for (const auto& [own, parents] : schema::ForeignKeysOfParents(work.source, before.name)) {
    if (work.Goes(parents) && !work.gone_with.contains(parents)) {
      leave.after_gone.push_back(parents);  // With those that stand for it.
      continue;
    }
    const schema::Constraint& key = own;
    if (std::ranges::any_of(next, [&](const auto& one) { return schema::IsTakenOver(key, one.own); }))
      continue;
    leave.steps.push_back(TableStep(before.name, DropConstraint{key}, "came from the table that it leaves"));
    leave.releases.push_back({TableAddress(key.foreign_key->table), false});
    AddReferencedKeys(work.source, key, leave.releases);
  }
}

void OrderSiblings(Work& work) {
  std::map<QualifiedName, std::vector<std::size_t>> leaving;  // By parent.
  for (const auto* units : {&work.gone, &work.left}) {
    for (const auto& [address, unit] : *units) {
      const auto* table = work.source.Get<schema::Table>(address);
      if (table != nullptr && table->partition_of) leaving[table->partition_of->parent].push_back(unit);
    }
  }
  if (leaving.empty()) return;
  for (const auto* units : {&work.provided, &work.joined}) {
    for (const auto& [address, unit] : *units) {
      const auto* table = work.target.Get<schema::Table>(address);
      const bool comes = units == &work.joined || work.IsNew(address);
      if (table == nullptr || !table->partition_of || !comes) continue;
      const auto before = leaving.find(table->partition_of->parent);
      if (before == leaving.end()) continue;
      for (const std::size_t first : before->second) {
        if (first != unit) work.precedences.push_back({first, unit, true});
      }
    }
  }
}

}  // namespace schemac::plan
