#include "compiler/history/migration.h"

#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "compiler/history/expand_trigger.h"
#include "compiler/history/server_version.h"
#include "compiler/plan/plan.h"
#include "compiler/sql/checksum.h"
#include "compiler/support/quote.h"
#include "compiler/support/side_by_side.h"
#include "emitters/layouts/header.h"
#include "emitters/postgres/postgres_emitter.h"
#include "schema/diff/apply.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

void CheckVersion(const schema::Catalog& catalog, std::optional<int> version, DiagnosticSink& sink) {
  if (!version) return;
  for (const VersionNeed& need : NeedsBeyond(catalog, *version)) {
    sink.Report(Diagnostic(DiagnosticKind::Unsupported, Span{},
                           fmt::format("{}: {} needs PostgreSQL {}, and postgres_version is {}",
                                       schema::Describe(need.object), need.feature, need.version, *version)));
  }
}

// The checksum is of the file without it; an upgrade's ledger row carries it, too.
void WriteText(Direction& direction, emitters::ScriptOptions options, int version) {
  options.postgres_version = version;
  direction.text = emitters::WriteScript(direction.script, direction.plan, options);
  if (!options.ledger) return;
  direction.checksum = sql::ChecksumOf(direction.text);
  options.checksum = direction.checksum;
  options.ledger->checksum = direction.checksum;
  direction.text = emitters::WriteScript(direction.script, direction.plan, options);
}

// The other tool's books, in the scripts of both ways. False, with a diagnostic, when that tool could not
// carry on from them.
bool KeepBooks(const MigrationOptions& options, Migration& migration, int version,
               emitters::ScriptOptions& up, emitters::ScriptOptions& down, DiagnosticSink& sink) {
  if (options.layout.empty() || !up.ledger || !down.ledger) return true;
  const emitters::LayoutRevision revision =
      LayoutRevisionOf(up.ledger->revision, up.ledger->revises, options.message, migration);
  ErrorOr<emitters::LayoutBooks> books = emitters::BooksOf(
      options.layout, revision, {.lock_timeout = up.lock_timeout, .postgres_version = version});
  if (!books) {
    sink.Report(Diagnostic(books.error().kind, Span{}, books.error().message).Fix(books.error().fix));
    return false;
  }
  migration.books = *std::move(books);
  up.ledger->also_create = migration.books.create;
  up.ledger->also_close = migration.books.add;
  down.ledger->also_close = migration.books.remove;
  return true;
}

std::string WithoutChecksum(std::string_view text, const std::string& checksum) {
  const std::string literal = QuoteLiteral(checksum);
  std::string rest;
  for (std::size_t begin = 0;;) {
    const std::size_t found = text.find(literal, begin);
    rest += text.substr(begin, found - begin);
    if (found == std::string_view::npos) return rest;
    rest += "''";
    begin = found + literal.size();
  }
}

}  // namespace

emitters::LayoutRevision LayoutRevisionOf(const std::string& id, const std::vector<std::string>& revises,
                                          const std::string& message, const Migration& migration) {
  emitters::LayoutRevision revision;
  revision.id = id;
  revision.revises = revises;
  revision.message = message;
  revision.up = &migration.up.script;
  revision.down = &migration.down.script;
  revision.up_plan = &migration.up.plan;
  revision.down_plan = &migration.down.plan;
  return revision;
}

bool IsAsCompiled(std::string_view text) {
  const std::string label = "\n-- " + std::string(emitters::kChecksumLabel);
  const std::size_t found = text.find(label);
  if (found == std::string_view::npos) return false;
  const std::string_view rest = text.substr(found + label.size());
  const std::string checksum(rest.substr(0, rest.find_first_of(" \r\n")));
  return sql::ChecksumOf(WithoutChecksum(text, checksum)) == checksum;
}

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
      plan_options.online = options.online;
      const auto from = [&](const schema::Catalog& start, const schema::Catalog& end,
                            const schema::Diff& changes) {
        plan_options.kept = ColumnsKept(start, changes);
        return plan::MakePlan(start, end, changes, plan_options, reported);
      };
      return downgrade ? from(after, before, schema::Invert(migration.diff))
                       : from(before, after, migration.diff);
    };
  };
  std::tie(migration.up.plan, migration.down.plan) =
      SideBySide(plan(false), plan(true), sink, migration.diff.changes.size() >= kManyChanges);
  CheckVersion(after, options.postgres_version, sink);
  if (sink.error_count() > errors) return std::nullopt;

  migration.up.script = emitters::EmitPostgres(migration.up.plan);
  migration.down.script = emitters::EmitPostgres(migration.down.plan);
  const int version = options.postgres_version.value_or(OldestServer(before, after));
  emitters::ScriptOptions up = options.up;
  emitters::ScriptOptions down = options.down;
  if (!KeepBooks(options, migration, version, up, down, sink)) return std::nullopt;
  WriteText(migration.up, std::move(up), version);
  WriteText(migration.down, std::move(down), version);
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
