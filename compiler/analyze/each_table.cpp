#include "compiler/analyze/each_table.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>

#include "compiler/support/side_by_side.h"

namespace schemac::analyze {
namespace {

// Fewer than these are done sooner than a second thread has begun.
constexpr std::size_t kWorthAThread = 32;

// Hands the tables out to two threads, some at a time: none waits for the other longer than these take. What
// each gets is chance, what they make is not: tables that have something to do with each other are done
// in order by one, or in each other's way when the two are joined.
class Sharing {
 public:
  explicit Sharing(const std::vector<TableUnit*>& tables) : tables_(tables) {}

  // The state after the work on its part of the tables; `sink` gets a diagnostic for whatever is wrong.
  schema::Catalog Do(const Context& context, const schema::Catalog& start, const TableWork& work,
                     DiagnosticSink& sink) {
    schema::Catalog made = start;
    schema::Intent intent;
    Context own = context.Beside(made, intent, sink);
    for (std::size_t begin = Take(); begin < tables_.size(); begin = Take()) {
      const std::size_t end = std::min(begin + kAtATime, tables_.size());
      for (std::size_t i = begin; i < end; ++i) work(own, *tables_[i]);
    }
    return made;
  }

 private:
  static constexpr std::size_t kAtATime = 64;

  std::size_t Take() { return next_.fetch_add(kAtATime); }

  const std::vector<TableUnit*>& tables_;
  std::atomic<std::size_t> next_ = 0;
};

// False, and nothing done, when the parts do not make a whole.
bool DoInTwo(Context& context, const std::vector<TableUnit*>& tables, const TableWork& work) {
  const schema::Catalog start = context.catalog;
  Sharing sharing(tables);
  const auto do_part = [&](DiagnosticSink& sink) { return sharing.Do(context, start, work, sink); };
  DiagnosticSink found;
  auto [first, second] = SideBySide(do_part, do_part, found);
  if (!found.diagnostics().empty() || !first.TakeAdditions(start, second)) return false;
  context.catalog = std::move(first);
  return true;
}

}  // namespace

void DoForEach(Context& context, const std::vector<TableUnit*>& tables, const TableWork& work) {
  if (tables.size() >= kWorthAThread && DoInTwo(context, tables, work)) return;
  for (TableUnit* table : tables) work(context, *table);
}

}  // namespace schemac::analyze
