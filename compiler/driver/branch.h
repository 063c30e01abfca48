// Ways through the history on which revisions stand side by side: where branches meet, a script runs over
// another state than the one it was compiled for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/context.h"
#include "compiler/driver/project.h"
#include "compiler/history/history.h"
#include "compiler/history/migration.h"
#include "schema/catalog.h"

namespace schemac {

// A revision with its own states, those that it was compiled for.
struct BranchRevision {
  std::size_t revision = 0;
  std::string id;
  schema::Catalog before;
  schema::Catalog after;
  Migration migration;
};

// What `to` has beyond `from`, in the order of the path.
std::optional<std::vector<BranchRevision>> ReadBranch(Context& context, const Project& project,
                                                      const History& history, const RevisionPath& path,
                                                      std::optional<std::size_t> to);

// The scripts of these revisions over any state: upgrades in order, or downgrades from the last one back.
// nullopt, with a diagnostic, when one fails there.
std::optional<schema::Catalog> RunBranch(Context& context, const std::vector<BranchRevision>& revisions,
                                         bool down, schema::Catalog state, DiagnosticSink& sink);

// Proves that the scripts between the two points lead from the state at the one to the state at the other,
// unless each starts where the one before it ends: then that is proved already. False, with diagnostics, when
// they do not.
bool ProveRange(Context& context, const Project& project, const History& history,
                std::optional<std::size_t> older, std::optional<std::size_t> newer, bool down);

}  // namespace schemac
