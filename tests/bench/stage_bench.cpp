// How long each stage takes on generated databases (workload.h), by the number of tables. What a stage needs
// from the one before is made outside the measured loop.
#include <optional>
#include <string>

#include <benchmark/benchmark.h>

#include "compiler/analyze/analyze.h"
#include "compiler/history/migration.h"
#include "compiler/parse/parse.h"
#include "compiler/plan/plan.h"
#include "emitters/postgres/postgres_emitter.h"
#include "schema/diff/diff.h"
#include "tests/bench/bench_catalog.h"
#include "tests/bench/workload.h"

namespace schemac::bench {
namespace {

ast::File ParseModel(Sources& sources, std::size_t tables, Change change) {
  DiagnosticSink sink;
  return Parse(sources.Add("bench.schema", Describe(tables, change, Language::Model)), sources, sink);
}

// The states that a migration lies between.
struct Pair {
  schema::Catalog before;
  schema::Catalog after;
  schema::Diff diff;

  explicit Pair(std::size_t tables)
      : before(MakeCatalog(tables, Change::None)), after(MakeCatalog(tables, Change::FivePercent)) {
    diff = *schema::Compare(before, after, {});
  }
};

std::size_t TablesOf(const benchmark::State& state) { return static_cast<std::size_t>(state.range(0)); }

void ParseStage(benchmark::State& state) {
  Sources sources;
  DiagnosticSink sink;
  const std::string text = Describe(TablesOf(state), Change::None, Language::Model);
  const SourceId source = sources.Add("bench.schema", text);
  for (auto _ : state) benchmark::DoNotOptimize(Parse(source, sources, sink));
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}

void AnalyzeStage(benchmark::State& state) {
  Sources sources;
  DiagnosticSink sink;
  const std::vector<ast::File> files{ParseModel(sources, TablesOf(state), Change::None)};
  for (auto _ : state) benchmark::DoNotOptimize(Analyze(files, sources, sink));
}

void InterpretStage(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(MakeCatalog(TablesOf(state), Change::None));
}

void CompareStage(benchmark::State& state) {
  const Pair pair(TablesOf(state));
  for (auto _ : state) benchmark::DoNotOptimize(schema::Compare(pair.before, pair.after, {}));
}

void PlanStage(benchmark::State& state) {
  const Pair pair(TablesOf(state));
  plan::Options options;
  options.allowed = {"all"};
  DiagnosticSink sink;
  for (auto _ : state) {
    benchmark::DoNotOptimize(plan::MakePlan(pair.before, pair.after, pair.diff, options, sink));
  }
}

void EmitStage(benchmark::State& state) {
  const Pair pair(TablesOf(state));
  plan::Options options;
  options.allowed = {"all"};
  DiagnosticSink sink;
  const plan::Plan plan = plan::MakePlan(pair.before, pair.after, pair.diff, options, sink);
  for (auto _ : state) benchmark::DoNotOptimize(emitters::EmitPostgres(plan));
}

constexpr std::int64_t kFew = 100;
constexpr std::int64_t kMany = 1000;

BENCHMARK(ParseStage)->Arg(kFew)->Arg(kMany)->Unit(benchmark::kMillisecond);
BENCHMARK(AnalyzeStage)->Arg(kFew)->Arg(kMany)->Unit(benchmark::kMillisecond);
BENCHMARK(InterpretStage)->Arg(kFew)->Arg(kMany)->Unit(benchmark::kMillisecond);
BENCHMARK(CompareStage)->Arg(kFew)->Arg(kMany)->Unit(benchmark::kMillisecond);
BENCHMARK(PlanStage)->Arg(kFew)->Arg(kMany)->Unit(benchmark::kMillisecond);
BENCHMARK(EmitStage)->Arg(kFew)->Arg(kMany)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace schemac::bench
