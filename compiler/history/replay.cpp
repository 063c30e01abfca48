#include "compiler/history/replay.h"

#include <utility>

#include <fmt/format.h>

namespace schemac {

bool Replay(const History& history, const RevisionPath& path, const Sources& sources, DiagnosticSink& sink,
            const AnalyzeOptions& options,
            const std::function<bool(std::size_t revision, const schema::Catalog& before,
                                     RevisionEffect& effect)>& visit) {
  schema::Catalog state = schema::Catalog::Empty();
  for (const std::size_t index : path) {
    const std::size_t errors = sink.error_count();
    RevisionEffect effect = AnalyzeRevision(history.revisions()[index].file, state, sources, sink, options);
    if (sink.error_count() > errors) return false;
    if (!visit(index, state, effect)) return false;
    state = std::move(effect.after);
  }
  return true;
}

std::optional<schema::Catalog> StateAt(const History& history, std::optional<std::size_t> revision,
                                       const Sources& sources, DiagnosticSink& sink,
                                       const AnalyzeOptions& options) {
  const ErrorOr<RevisionPath> path = history.Path(std::nullopt, revision);
  if (!path) {
    sink.Report(Diagnostic(path.error().kind, Span{}, path.error().message).Fix(path.error().fix));
    return std::nullopt;
  }
  if (path->empty()) return schema::Catalog::Empty();
  std::optional<schema::Catalog> state;
  const std::size_t last = path->back();
  Replay(history, *path, sources, sink, options,
         [&](std::size_t index, const schema::Catalog&, RevisionEffect& effect) {
           if (index == last) state = std::move(effect.after);
           return true;
         });
  return state;
}

MigrationOptions OptionsFor(const std::string& id, const std::vector<std::string>& revises,
                            const std::string& message, const std::set<std::string>& allowed,
                            const ScriptSettings& settings) {
  MigrationOptions options;
  options.allowed = allowed;
  options.postgres_version = settings.postgres_version;
  options.layout = settings.layout;
  options.message = message;
  emitters::ScriptOptions script;
  script.title = message.empty() ? id : fmt::format("{}: {}", id, message);
  script.ledger_table = settings.ledger_table;
  script.lock_timeout = settings.lock_timeout;
  script.ledger = emitters::LedgerEntry{};
  script.ledger->revision = id;
  script.ledger->revises = revises;
  options.up = script;
  options.up.counterpart = fmt::format("undone by {}.down.sql", id);
  options.down = script;
  options.down.counterpart = fmt::format("undoes {}.up.sql", id);
  options.down.ledger->downgrade = true;
  return options;
}

std::optional<Migration> CompileRevision(const Revision& revision, const schema::Catalog& before,
                                         const RevisionEffect& effect, const ScriptSettings& settings,
                                         DiagnosticSink& sink) {
  return MakeMigration(before, effect.after, effect.intent,
                       OptionsFor(revision.id, revision.revises, revision.message, effect.allowed, settings),
                       sink);
}

}  // namespace schemac
