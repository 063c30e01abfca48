// A unique index whose place a key of the same columns takes: ADD CONSTRAINT … USING INDEX makes the one of
// the other (manual, ALTER TABLE), and what rests on the index stays. No rows are read, and nothing is built.
#include <algorithm>

#include "compiler/plan/work.h"
#include "schema/keys.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

// Whether the columns stay as they are. A primary key over a column that may hold NULL would look at every
// row.
bool AreReady(const Work& work, const schema::Table& table, const schema::Constraint& key) {
  const bool primary = key.kind == schema::ConstraintKind::PrimaryKey;
  return std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string& name) {
    const schema::Column* column = table.FindColumn(name);
    const auto changed = work.columns.find(ColumnAddress(key.table, name));
    const bool stays =
        changed == work.columns.end() || (changed->second.fate == Fate::Alter && !changed->second.converts);
    return column != nullptr && stays && (column->not_null || !primary);
  });
}

// The server does it for no partitioned table, nor for an index that is attached to that of one.
bool IsPartitioning(const schema::Table& table) { return table.partition_key || table.partition_of; }

std::optional<ObjectAddress> IndexThatGoes(const Work& work, const schema::Constraint& key) {
  const schema::Table* table = work.source.FindTable(key.table);
  if (table == nullptr || work.Goes(TableAddress(key.table)) || IsPartitioning(*table) ||
      !AreReady(work, *table, key)) {
    return std::nullopt;
  }
  const ObjectAddress first{ObjectKind::Index, key.table.schema, key.table.name, ""};
  for (auto at = work.objects.lower_bound(first);
       at != work.objects.end() && at->first.kind == ObjectKind::Index && at->first.qualified() == key.table;
       ++at) {
    if (at->second.fate != Fate::Drop) continue;
    const auto& index = std::get<schema::Index>(*at->second.before);
    if (schema::IsIndexFor(index, key) && !schema::IsChosen(*table, index.name)) return at->first;
  }
  return std::nullopt;
}

}  // namespace

void PromoteIndexes(Work& work) {
  std::vector<ObjectAddress> promoted;
  for (auto& [address, fate] : work.objects) {
    if (address.kind != ObjectKind::Constraint || fate.fate != Fate::Create) continue;
    const auto index = IndexThatGoes(work, std::get<schema::Constraint>(*fate.after));
    if (!index || std::find(promoted.begin(), promoted.end(), *index) != promoted.end()) continue;
    fate.using_index = index->member;
    promoted.push_back(*index);
  }
  for (const ObjectAddress& index : promoted) work.objects.erase(index);
}

}  // namespace schemac::plan
