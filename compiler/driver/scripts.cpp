#include "compiler/driver/scripts.h"

#include <set>

#include <fmt/format.h>

#include "compiler/driver/edited_script.h"
#include "compiler/history/replay.h"

namespace schemac {

bool CompileUpTo(Context& context, const Project& project, const History& history,
                 std::optional<std::size_t> last, const std::function<bool(std::size_t)>& wanted,
                 const std::function<bool(const Compiled&)>& visit) {
  const ErrorOr<RevisionPath> path = history.Path(std::nullopt, last);
  if (!path) return context.Fail(path.error());
  return Replay(history, *path, context.sources, context.sink, context.analysis,
                [&](std::size_t index, const schema::Catalog& before, RevisionEffect& effect) {
                  if (!wanted(index)) return true;
                  const std::optional<Migration> migration = CompileRevision(
                      history.revisions()[index], before, effect, project.config.scripts, context.sink);
                  return migration && visit({index, before, effect.after, *migration});
                });
}

bool CompileBetween(Context& context, const Project& project, const History& history, Point older,
                    Point newer, const std::function<bool(const Compiled&)>& visit) {
  const ErrorOr<RevisionPath> path = history.Path(older, newer);
  if (!path) return context.Fail(path.error());
  const std::set<std::size_t> chosen(path->begin(), path->end());
  return CompileUpTo(
      context, project, history, newer, [&](std::size_t index) { return chosen.contains(index); }, visit);
}

ScriptOnDisk ReadScript(Context& context, const Project& project, const std::string& id,
                        const Compiled& compiled, bool down) {
  const std::string path = project.MigrationFile(id, down ? kDownSuffix : kUpSuffix);
  if (context.files.KindOf(path) == Files::Kind::Missing) return {"", fmt::format("{} is missing", path)};
  ErrorOr<std::string> found = context.files.Read(path);
  if (!found) return {"", found.error().message};
  const Direction& direction = down ? compiled.migration.down : compiled.migration.up;
  if (*found == direction.text) return {*std::move(found), ""};
  const schema::Catalog& start = down ? compiled.after : compiled.before;
  const schema::Catalog& end = down ? compiled.before : compiled.after;
  const std::string difference = EditedDifference(context, path, *found, direction, start, end);
  if (difference.empty()) return {*std::move(found), ""};
  return {*std::move(found), fmt::format("{} is not what its model diff compiles to: {}", path, difference)};
}

std::optional<std::string> ReviewedScript(Context& context, const Project& project, const History& history,
                                          const Compiled& compiled, bool down) {
  const std::string& id = history.revisions()[compiled.revision].id;
  ScriptOnDisk script = ReadScript(context, project, id, compiled, down);
  if (script.fault.empty()) return std::move(script.text);
  context.Fail(DiagnosticKind::History, script.fault,
               fmt::format("\"schemac compile --force {}\" writes it anew", id));
  return std::nullopt;
}

}  // namespace schemac
