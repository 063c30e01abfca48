#include "compiler/driver/prove.h"

#include <string>

#include <fmt/format.h>

#include "compiler/driver/words.h"
#include "compiler/sql/interpret.h"
#include "compiler/support/side_by_side.h"

namespace schemac {
namespace {

// A script to read back, without guards and ledger: they are no part of the schema.
SourceId AddAsSource(Context& context, const std::string& name, const Direction& direction) {
  return context.sources.Add(
      fmt::format("<{}>", name),
      emitters::WriteScript(direction.script, direction.plan, emitters::ScriptOptions{}));
}

std::optional<schema::Catalog> RunScript(const Context& context, const std::string& name, SourceId script,
                                         const schema::Catalog& start, const schema::Catalog& end,
                                         const plan::Plan& plan, DiagnosticSink& sink) {
  DiagnosticSink reading;
  schema::Catalog state = start;
  sql::Interpret(script, context.sources, state, ReplayTo(context, end, plan), reading);
  for (const Diagnostic& diagnostic : reading.diagnostics()) {
    if (diagnostic.severity != Severity::Error) continue;
    sink.Report(Diagnostic(DiagnosticKind::ProofFailed, diagnostic.span,
                           fmt::format("the {} does not pass its own proof: {}", name, diagnostic.message)));
    return std::nullopt;
  }
  return state;
}

bool ProveDirection(const Context& context, const std::string& name, SourceId script,
                    const schema::Catalog& start, const schema::Catalog& end, const plan::Plan& plan,
                    DiagnosticSink& sink) {
  const std::optional<schema::Catalog> state = RunScript(context, name, script, start, end, plan, sink);
  if (!state) return false;
  const std::string difference = FirstDifference(*state, end);
  if (difference.empty()) return true;
  sink.Report(Diagnostic(DiagnosticKind::ProofFailed, Span{},
                         fmt::format("the {} does not lead to the state it should; {}", name, difference))
                  .Fix("nothing was written; please report this with both schemas"));
  return false;
}

}  // namespace

sql::InterpretOptions ReplayTo(const Context& context, const schema::Catalog& end, const plan::Plan& plan) {
  sql::InterpretOptions options;
  options.owner = context.analysis.owner;
  options.destination = &end;
  for (const plan::Batch& batch : plan.batches) {
    for (const plan::Step& step : batch.steps) {
      const auto* sql = std::get_if<plan::RunSql>(&step.action);
      if (sql != nullptr) options.data.push_back(sql->sql);
    }
  }
  return options;
}

std::optional<schema::Catalog> RunOver(Context& context, const std::string& name, const Direction& direction,
                                       const schema::Catalog& start, const schema::Catalog& end,
                                       DiagnosticSink& sink) {
  return RunScript(context, name, AddAsSource(context, name, direction), start, end, direction.plan, sink);
}

bool Prove(Context& context, const schema::Catalog& before, const schema::Catalog& after,
           const Migration& migration) {
  const SourceId upgrade = AddAsSource(context, "upgrade", migration.up);
  const SourceId downgrade = AddAsSource(context, "downgrade", migration.down);
  const auto [up, down] = SideBySide(
      [&](DiagnosticSink& sink) {
        return ProveDirection(context, "upgrade", upgrade, before, after, migration.up.plan, sink);
      },
      [&](DiagnosticSink& sink) {
        return ProveDirection(context, "downgrade", downgrade, after, before, migration.down.plan, sink);
      },
      context.sink, migration.diff.changes.size() >= kManyChanges);
  return up && down;
}

}  // namespace schemac
