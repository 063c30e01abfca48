#include "compiler/driver/prove.h"

#include <string>

#include <fmt/format.h>

#include "compiler/driver/words.h"
#include "compiler/sql/interpret.h"

namespace schemac {
namespace {

bool ProveDirection(Context& context, const char* name, const schema::Catalog& start,
                    const schema::Catalog& end, const Direction& direction) {
  // Without guards and ledger: they are no part of the schema.
  const std::string text = emitters::WriteScript(direction.script, direction.plan, emitters::ScriptOptions{});
  const SourceId source = context.sources.Add(fmt::format("<{}>", name), text);
  DiagnosticSink sink;
  schema::Catalog state = start;
  sql::Interpret(source, context.sources, state, ReplayTo(context, end, direction.plan), sink);
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostic.severity != Severity::Error) continue;
    Diagnostic report(DiagnosticKind::ProofFailed, diagnostic.span,
                      fmt::format("the {} does not pass its own proof: {}", name, diagnostic.message));
    context.sink.Report(std::move(report));
    return false;
  }
  const std::string difference = FirstDifference(state, end);
  if (difference.empty()) return true;
  return context.Fail(DiagnosticKind::ProofFailed,
                      fmt::format("the {} does not lead to the state it should; {}", name, difference),
                      "nothing was written; please report this with both schemas");
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

bool Prove(Context& context, const schema::Catalog& before, const schema::Catalog& after,
           const Migration& migration) {
  const bool up = ProveDirection(context, "upgrade", before, after, migration.up);
  return ProveDirection(context, "downgrade", after, before, migration.down) && up;
}

}  // namespace schemac
