// Several columns of one table that become NOT NULL in the same plan: their checks are added together,
// validated in one look at the rows, and give way together.
#include <algorithm>

#include "compiler/plan/online.h"

namespace schemac::plan {
namespace {

bool SetsNotNull(const Step& step) {
  const auto* alter = std::get_if<AlterTable>(&step.action);
  return alter != nullptr && alter->actions.size() == 1 &&
         std::holds_alternative<SetNotNull>(alter->actions.front());
}

// The steps of `from` are done where those of `into` are. `from` stays, without steps, for whatever comes
// after it.
void Merge(Work& work, std::size_t into, std::size_t from) {
  const std::size_t count = work.precedences.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Precedence one = work.precedences[i];
    if (one.then == from) work.precedences.push_back({one.first, into, one.soft});
  }
  Unit& shared = work.units[into];
  Unit& rest = work.units[from];
  const auto append = [](auto& list, const auto& more) { list.insert(list.end(), more.begin(), more.end()); };
  append(shared.needs, rest.needs);
  append(shared.releases, rest.releases);
  append(shared.reads, rest.reads);
  append(shared.settles, rest.settles);
  append(shared.after_gone, rest.after_gone);
  append(shared.after, rest.after);
  Append(shared.steps, std::move(rest.steps));
  // NOT NULL while all checks stand: in one statement with the drop of a check, the rows would be read.
  std::stable_partition(shared.steps.begin(), shared.steps.end(), SetsNotNull);
  rest.steps.clear();
  rest.apart = false;
  rest.after.push_back(into);
}

void MergeAll(Work& work, const std::vector<std::size_t>& units) {
  for (std::size_t i = 1; i < units.size(); ++i) Merge(work, units.front(), units[i]);
}

// Whether the units have an order. What they say is taken; the work stays as it is.
bool HasOrder(const Work& work) {
  DiagnosticSink unheard;
  Work trial(work, unheard);
  static_cast<void>(OrderUnits(trial));
  return unheard.error_count() == 0;
}

}  // namespace

void OnlineWork::ShareParts() {
  for (const auto& [table, parts] : proofs_) {
    if (parts.demands.size() < 2) continue;
    const std::vector<Unit> units = work_.units;
    const std::vector<Precedence> precedences = work_.precedences;
    MergeAll(work_, parts.checks);
    MergeAll(work_, parts.validations);
    MergeAll(work_, parts.demands);
    if (HasOrder(work_)) continue;
    work_.units = units;
    work_.precedences = precedences;
  }
}

}  // namespace schemac::plan
