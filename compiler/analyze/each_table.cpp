#include "compiler/analyze/each_table.h"

#include <cstddef>
#include <utility>

#include "compiler/support/side_by_side.h"

namespace schemac::analyze {
namespace {

// Fewer than these are done sooner than a second thread has begun.
constexpr std::size_t kWorthAThread = 32;

// The state after the work on the tables [begin, end); `sink` gets a diagnostic for whatever is wrong.
schema::Catalog DoSome(const Context& context, const schema::Catalog& start,
                       const std::vector<TableUnit*>& tables, std::size_t begin, std::size_t end,
                       const TableWork& work, DiagnosticSink& sink) {
  schema::Catalog made = start;
  schema::Intent intent;
  Context own = context.Beside(made, intent, sink);
  for (std::size_t i = begin; i < end; ++i) work(own, *tables[i]);
  return made;
}

// False, and nothing done, when the halves do not make a whole.
bool DoInHalves(Context& context, const std::vector<TableUnit*>& tables, const TableWork& work) {
  const schema::Catalog start = context.catalog;
  const std::size_t middle = tables.size() / 2;
  DiagnosticSink found;
  auto [first, second] = SideBySide(
      [&](DiagnosticSink& sink) { return DoSome(context, start, tables, 0, middle, work, sink); },
      [&](DiagnosticSink& sink) { return DoSome(context, start, tables, middle, tables.size(), work, sink); },
      found);
  if (!found.diagnostics().empty() || !first.TakeAdditions(start, second)) return false;
  context.catalog = std::move(first);
  return true;
}

}  // namespace

void DoForEach(Context& context, const std::vector<TableUnit*>& tables, const TableWork& work) {
  if (tables.size() >= kWorthAThread && DoInHalves(context, tables, work)) return;
  for (TableUnit* table : tables) work(context, *table);
}

}  // namespace schemac::analyze
