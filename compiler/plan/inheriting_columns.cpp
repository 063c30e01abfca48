#include "compiler/plan/inheriting_columns.h"

#include <utility>
#include <vector>

#include "compiler/plan/facts.h"

namespace schemac::plan {

using schema::Column;
using schema::ObjectAddress;
using schema::QualifiedName;

namespace {

// Whether statements that change the column change that of its children too (ATSimpleRecursion in
// tablecmds.c).
bool ReachesChildren(const ColumnFate& fate) {
  if (fate.fate != Fate::Alter) return false;
  const Column& before = *fate.before;
  const Column& after = *fate.after;
  return IsOverruled(fate) || before.default_value != after.default_value ||
         before.not_null != after.not_null || before.storage != after.storage ||
         before.statistics != after.statistics;
}

void AddRoots(const Work& work, const QualifiedName& table, const std::string& column,
              std::set<QualifiedName>& roots) {
  bool is_root = true;
  for (const QualifiedName& parent : ParentsOf(*work.source.FindTable(table))) {
    const schema::Table* above = work.source.FindTable(parent);
    if (above == nullptr || above->FindColumn(column) == nullptr) continue;
    is_root = false;
    AddRoots(work, parent, column, roots);
  }
  if (is_root) roots.insert(table);
}

}  // namespace

bool IsOverruled(const ColumnFate& fate) {
  return fate.fate == Fate::Alter && !fate.converts && !fate.resets_default && *fate.before == *fate.after;
}

void EnterOverruled(Work& work) {
  std::vector<ObjectAddress> open;
  for (const auto& [address, fate] : work.columns) open.push_back(address);
  while (!open.empty()) {
    const ObjectAddress above = std::move(open.back());
    open.pop_back();
    if (!ReachesChildren(work.columns.at(above))) continue;
    for (const QualifiedName& child : work.target.ChildrenOf(above.qualified())) {
      ObjectAddress address = ColumnAddress(child, above.member);
      const schema::Table* before = work.source.FindTable(child);
      if (before == nullptr || work.Goes(TableAddress(child)) || work.columns.contains(address)) continue;
      const Column* column = before->FindColumn(above.member);
      const Column* later = work.target.FindTable(child)->FindColumn(above.member);
      if (column == nullptr || later == nullptr) continue;
      ColumnFate fate;
      fate.fate = Fate::Alter;
      fate.before = column;
      fate.after = later;
      work.columns.emplace(address, std::move(fate));
      open.push_back(std::move(address));
    }
  }
}

std::set<QualifiedName> RootsOf(const Work& work, const ObjectAddress& column) {
  std::set<QualifiedName> roots;
  AddRoots(work, column.qualified(), column.member, roots);
  return roots;
}

}  // namespace schemac::plan
