// States of the database along a history, by applying model diffs from an empty database on.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "compiler/analyze/analyze.h"
#include "compiler/history/history.h"
#include "compiler/history/migration.h"

namespace schemac {

// Calls `visit` with each revision of the path, the state before it and what it does, in order. `path` must
// begin at base (see History::Path). The state before a revision is the one after what it builds on, whatever
// other branches did meanwhile; before a merge it is the one after what it names first, with all that the
// others do on top. Stops, and returns false, when a revision has errors or `visit` returns false.
bool Replay(const History& history, const RevisionPath& path, const Sources& sources, DiagnosticSink& sink,
            const AnalyzeOptions& options,
            const std::function<bool(std::size_t revision, const schema::Catalog& before,
                                     RevisionEffect& effect)>& visit);

// The state after those revisions on top of any state, one after the other; nullopt, with diagnostics, when
// one does not fit.
std::optional<schema::Catalog> ApplyOnTop(const History& history, const RevisionPath& revisions,
                                          schema::Catalog state, const Sources& sources, DiagnosticSink& sink,
                                          const AnalyzeOptions& options);

// The state after `revision`; the empty database for nullopt. nullopt, with diagnostics, when it cannot be
// told.
std::optional<schema::Catalog> StateAt(const History& history, std::optional<std::size_t> revision,
                                       const Sources& sources, DiagnosticSink& sink,
                                       const AnalyzeOptions& options);

// What a project says about the scripts of all its revisions.
struct ScriptSettings {
  std::string ledger_table = "schemac_revision";
  std::string lock_timeout = "5s";
  std::optional<int> postgres_version;  // The oldest server; nullopt for what the schema asks for.
  std::string layout;  // The tool whose files and books are kept as well (emitters/layouts/layout.h); "".
  std::string layout_folder;  // Where its files stand, from the project's folder.
  // How many rows a backfill fills at a time in a script for a web editor; 0 for all at once.
  std::size_t backfill_batch = 0;
  bool online = false;  // New revisions are made for tables in use; each says by itself whether it is one.
};

// How the scripts of a revision are headed and booked.
MigrationOptions OptionsFor(const std::string& id, const std::vector<std::string>& revises,
                            const std::string& message, const std::set<std::string>& allowed,
                            const ScriptSettings& settings);

// One revision's SQL from its model diff.
std::optional<Migration> CompileRevision(const Revision& revision, const schema::Catalog& before,
                                         const RevisionEffect& effect, const ScriptSettings& settings,
                                         DiagnosticSink& sink);

}  // namespace schemac
