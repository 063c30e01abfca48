#include "compiler/plan/partitioned_indexes.h"

#include <utility>
#include <vector>

#include "compiler/facts/facts.h"
#include "compiler/support/quote.h"
#include "schema/partitions.h"

namespace schemac::plan {
namespace {

using schema::ObjectKind;

void AddAttach(Work& work, const schema::Index& index, const schema::Index& parent) {
  Unit unit;
  unit.subject = TableAddress(index.table);
  unit.rank = rank::kFinishTable;
  unit.needs.push_back({AddressOf(schema::Object(index)), false});
  unit.needs.push_back({AddressOf(schema::Object(parent)), false});
  unit.steps.push_back(MakeStep(RunSql{"", "ALTER INDEX " + *index.parent + " ATTACH PARTITION " +
                                               QuoteQualified(index.table.schema, index.name) + ";"},
                                unit.subject));
  const facts::OperationFacts& attaching = facts::FactsOf(facts::Operation::AttachIndex);
  unit.steps.back().facts.locks = {{parent.table, attaching.lock}, {index.table, attaching.others_lock}};
  work.Add(std::move(unit));
}

}  // namespace

bool StaysOnly(const Work& work, const schema::Index& index) {
  return index.only && !schema::IsOnAllPartitions(work.target, index);
}

void AttachToIncompleteIndexes(Work& work) {
  std::vector<std::pair<const schema::Index*, const schema::Index*>> pairs;
  for (const auto& [address, fate] : work.objects) {
    if (address.kind != ObjectKind::Index || fate.after == nullptr || work.made_with.contains(address))
      continue;
    const auto& index = std::get<schema::Index>(*fate.after);
    const auto above = schema::ParentPart(work.target, *fate.after);
    const auto* parent = above ? work.target.Get<schema::Index>(*above) : nullptr;
    if (parent == nullptr || !StaysOnly(work, *parent)) continue;
    const auto* before = fate.before == nullptr ? nullptr : std::get_if<schema::Index>(fate.before);
    const bool attached = before != nullptr && before->parent == index.parent && !work.IsNew(address) &&
                          !work.IsNew(AddressOf(schema::Object(*parent)));
    if (!attached) pairs.emplace_back(&index, parent);
  }
  for (const auto& [index, parent] : pairs) AddAttach(work, *index, *parent);
}

}  // namespace schemac::plan
