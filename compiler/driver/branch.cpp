#include "compiler/driver/branch.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/prove.h"
#include "compiler/driver/scripts.h"
#include "compiler/driver/words.h"
#include "compiler/history/replay.h"

namespace schemac {

std::optional<std::vector<BranchRevision>> ReadBranch(Context& context, const Project& project,
                                                      const History& history, const RevisionPath& path,
                                                      std::optional<std::size_t> to) {
  const std::set<std::size_t> chosen(path.begin(), path.end());
  std::vector<BranchRevision> branch;
  const bool compiled = CompileUpTo(
      context, project, history, to, [&](std::size_t index) { return chosen.contains(index); },
      [&](const Compiled& one) {
        branch.push_back(
            {one.revision, history.revisions()[one.revision].id, one.before, one.after, one.migration});
        return true;
      });
  if (!compiled) return std::nullopt;
  return branch;
}

std::optional<schema::Catalog> RunBranch(Context& context, const std::vector<BranchRevision>& revisions,
                                         bool down, schema::Catalog state, DiagnosticSink& sink) {
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    const BranchRevision& one = revisions[down ? revisions.size() - 1 - i : i];
    const Direction& direction = down ? one.migration.down : one.migration.up;
    std::optional<schema::Catalog> next =
        RunOver(context, fmt::format("{} of {}", down ? "downgrade" : "upgrade", one.id), direction, state,
                down ? one.before : one.after, sink);
    if (!next) return std::nullopt;
    state = *std::move(next);
  }
  return state;
}

bool ProveRange(Context& context, const Project& project, const History& history,
                std::optional<std::size_t> older, std::optional<std::size_t> newer, bool down) {
  const ErrorOr<RevisionPath> path = history.Path(older, newer);
  if (!path) return context.Fail(path.error());
  if (history.IsChain(older, *path)) return true;
  const auto branch = ReadBranch(context, project, history, *path, newer);
  std::optional<schema::Catalog> start =
      StateAt(history, older, context.sources, context.sink, context.analysis);
  std::optional<schema::Catalog> end =
      StateAt(history, newer, context.sources, context.sink, context.analysis);
  if (!branch || !start || !end) return false;
  if (down) std::swap(start, end);
  const std::optional<schema::Catalog> state =
      RunBranch(context, *branch, down, *std::move(start), context.sink);
  if (!state) return false;
  const std::string difference = FirstDifference(*state, *end);
  if (difference.empty()) return true;
  const auto name = [&](std::optional<std::size_t> point) {
    return point ? history.revisions()[*point].id : std::string("base");
  };
  return context.Fail(
      DiagnosticKind::ProofFailed,
      fmt::format("the scripts from {} to {} do not lead there, as the order of what was merged matters; {}",
                  name(down ? newer : older), name(down ? older : newer), difference),
      down ? "go back to a revision that both sides build on" : "");
}

}  // namespace schemac
