#include "compiler/history/migration.h"

#include <tuple>
#include <utility>

#include "compiler/plan/plan.h"
#include "compiler/support/side_by_side.h"
#include "emitters/postgres/postgres_emitter.h"
#include "schema/diff/apply.h"
#include "schema/diff/diff.h"

namespace schemac {

std::optional<Migration> MakeMigration(const schema::Catalog& before, const schema::Catalog& after,
                                       const schema::Intent& intent, const MigrationOptions& options,
                                       DiagnosticSink& sink) {
  ErrorOr<schema::Diff> diff = schema::Compare(before, after, intent);
  if (!diff) {
    sink.Report(Diagnostic(diff.error().kind, Span{}, diff.error().message).Fix(diff.error().fix));
    return std::nullopt;
  }
  return MakeMigration(before, after, *std::move(diff), options, sink);
}

std::optional<Migration> MakeMigration(const schema::Catalog& before, const schema::Catalog& after,
                                       schema::Diff diff, const MigrationOptions& options,
                                       DiagnosticSink& sink) {
  const std::size_t errors = sink.error_count();
  Migration migration;
  migration.diff = std::move(diff);

  const auto plan = [&](bool downgrade) {
    return [&, downgrade](DiagnosticSink& reported) {
      plan::Options plan_options;
      plan_options.allowed = options.allowed;
      plan_options.downgrade = downgrade;
      return downgrade ? plan::MakePlan(after, before, schema::Invert(migration.diff), plan_options, reported)
                       : plan::MakePlan(before, after, migration.diff, plan_options, reported);
    };
  };
  std::tie(migration.up.plan, migration.down.plan) = SideBySide(plan(false), plan(true), sink);
  if (sink.error_count() > errors) return std::nullopt;

  migration.up.script = emitters::EmitPostgres(migration.up.plan);
  migration.down.script = emitters::EmitPostgres(migration.down.plan);
  emitters::ScriptOptions up_options = options.up;
  emitters::ScriptOptions down_options = options.down;
  // Both scripts carry the checksum of the upgrade: it is what the ledger remembers of a revision.
  const std::string checksum = emitters::ChecksumOf(migration.up.script);
  if (up_options.ledger) up_options.ledger->checksum = checksum;
  if (down_options.ledger) down_options.ledger->checksum = checksum;
  migration.up.text = emitters::WriteScript(migration.up.script, migration.up.plan, up_options);
  migration.down.text = emitters::WriteScript(migration.down.script, migration.down.plan, down_options);
  return migration;
}

std::vector<std::string> UsedHazards(const plan::Plan& plan) {
  std::set<std::string> used;
  for (const plan::Batch& batch : plan.batches) {
    for (const plan::Step& step : batch.steps) {
      if (!step.facts.hazard.empty()) used.insert(step.facts.hazard);
    }
  }
  return {used.begin(), used.end()};
}

}  // namespace schemac
