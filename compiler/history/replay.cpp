#include "compiler/history/replay.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace schemac {

namespace {

// The states along a path, each kept until the last of those that build on it has been seen.
class States {
 public:
  States(const History& history, const RevisionPath& path) : history_(history) {
    for (const std::size_t index : path) {
      for (const std::size_t parent : history.ParentsOf(index)) ++uses_[parent];
    }
  }

  // The state before a revision; nullopt, with diagnostics, when the branches that it merges do not fit.
  std::optional<schema::Catalog> Before(std::size_t revision, const Sources& sources, DiagnosticSink& sink,
                                        const AnalyzeOptions& options) {
    const std::vector<std::size_t>& parents = history_.ParentsOf(revision);
    if (parents.empty()) return schema::Catalog::Empty();
    std::optional<schema::Catalog> state = Take(parents.front());
    if (parents.size() == 1) return state;
    RevisionPath line = *history_.Path(std::nullopt, parents.front());
    std::set<std::size_t> done(line.begin(), line.end());
    for (std::size_t i = 1; i < parents.size() && state; ++i) {
      RevisionPath more = *history_.Path(std::nullopt, parents[i]);
      std::erase_if(more, [&](std::size_t index) { return !done.insert(index).second; });
      state = ApplyOnTop(history_, more, *std::move(state), sources, sink, options);
      Take(parents[i]);
    }
    return state;
  }
  void Keep(std::size_t revision, schema::Catalog state) {
    if (uses_[revision] > 0) states_.insert_or_assign(revision, std::move(state));
  }

 private:
  schema::Catalog Take(std::size_t revision) {
    if (--uses_[revision] > 0) return states_.at(revision);
    schema::Catalog state = std::move(states_.at(revision));
    states_.erase(revision);
    return state;
  }

  const History& history_;
  std::map<std::size_t, std::size_t> uses_;
  std::map<std::size_t, schema::Catalog> states_;
};

}  // namespace

bool Replay(const History& history, const RevisionPath& path, const Sources& sources, DiagnosticSink& sink,
            const AnalyzeOptions& options,
            const std::function<bool(std::size_t revision, const schema::Catalog& before,
                                     RevisionEffect& effect)>& visit) {
  States states(history, path);
  for (const std::size_t index : path) {
    const std::size_t errors = sink.error_count();
    const std::optional<schema::Catalog> before = states.Before(index, sources, sink, options);
    if (!before) return false;
    RevisionEffect effect = AnalyzeRevision(history.revisions()[index].file, *before, sources, sink, options);
    if (sink.error_count() > errors) return false;
    if (!visit(index, *before, effect)) return false;
    states.Keep(index, std::move(effect.after));
  }
  return true;
}

std::optional<schema::Catalog> ApplyOnTop(const History& history, const RevisionPath& revisions,
                                          schema::Catalog state, const Sources& sources, DiagnosticSink& sink,
                                          const AnalyzeOptions& options) {
  const std::size_t errors = sink.error_count();
  for (const std::size_t index : revisions) {
    RevisionEffect effect = AnalyzeRevision(history.revisions()[index].file, state, sources, sink, options);
    if (sink.error_count() > errors) return std::nullopt;
    state = std::move(effect.after);
  }
  return state;
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
  MigrationOptions options =
      OptionsFor(revision.id, revision.revises, revision.message, effect.allowed, settings);
  options.online = revision.online;
  return MakeMigration(before, effect.after, effect.intent, options, sink);
}

}  // namespace schemac
