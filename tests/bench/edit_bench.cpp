// How long edits of a catalog take, by the number of tables.
#include <benchmark/benchmark.h>

#include "schema/dependencies.h"
#include "schema/edit/edit.h"
#include "tests/bench/bench_catalog.h"

namespace schemac::bench {
namespace {

std::size_t TablesOf(const benchmark::State& state) { return static_cast<std::size_t>(state.range(0)); }

// Every table is dropped, in a catalog of so many.
void DropEach(benchmark::State& state) {
  const schema::Catalog full = MakeCatalog(TablesOf(state), Change::None);
  for (auto _ : state) {
    schema::Catalog catalog = full;
    for (const auto& [address, object] : full.objects()) {
      if (address.kind != schema::ObjectKind::Table || !catalog.Has(address)) continue;
      benchmark::DoNotOptimize(schema::Drop(catalog, address, true));
    }
  }
}

// A copy of which one table is changed, as each revision of a history makes.
void CopyAndChange(benchmark::State& state) {
  const schema::Catalog full = MakeCatalog(TablesOf(state), Change::None);
  const schema::ObjectAddress first{schema::ObjectKind::Table, "public", "account_00000", ""};
  for (auto _ : state) {
    schema::Catalog catalog = full;
    catalog.GetMutable<schema::Table>(first)->comment = "changed";
    benchmark::DoNotOptimize(catalog == full);
  }
}

void DependentsOfOne(benchmark::State& state) {
  const schema::Catalog full = MakeCatalog(TablesOf(state), Change::None);
  const schema::ObjectAddress first{schema::ObjectKind::Table, "public", "account_00000", ""};
  for (auto _ : state) benchmark::DoNotOptimize(schema::Dependents(full).Of(first).size());
}

constexpr std::int64_t kFew = 100;
constexpr std::int64_t kMany = 1000;

BENCHMARK(DropEach)->Arg(kFew)->Arg(kMany)->Unit(benchmark::kMillisecond);
BENCHMARK(CopyAndChange)->Arg(kFew)->Arg(kMany)->Unit(benchmark::kMicrosecond);
BENCHMARK(DependentsOfOne)->Arg(kFew)->Arg(kMany)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace schemac::bench
