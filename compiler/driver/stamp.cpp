// `stamp --sql` and `current --sql`: the books of a database.
#include "emitters/layouts/stamp.h"

#include <algorithm>
#include <map>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/layout_files.h"
#include "compiler/driver/options.h"
#include "compiler/driver/range.h"
#include "compiler/driver/scripts.h"

namespace schemac {
namespace {

struct StampOptions {
  std::string range;
  bool sql = false;
  std::string layout;
};

bool FillRows(Context& context, const Project& project, const History& history, Point older, Point newer,
              emitters::Stamp& stamp) {
  return CompileBetween(context, project, history, older, newer, [&](const Compiled& compiled) {
    stamp.applied.push_back({history.revisions()[compiled.revision].id, compiled.migration.up.checksum});
    return true;
  });
}

// How the other tool's table is told of each revision of the project, or nullopt, with diagnostics.
using LayoutStamps = std::map<std::size_t, emitters::LayoutStamp>;
std::optional<LayoutStamps> ReadStamps(Context& context, const Project& project, const History& history,
                                       const std::string& layout) {
  LayoutStamps stamps;
  const auto add = [&](const Compiled& compiled) {
    const Revision& revision = history.revisions()[compiled.revision];
    ErrorOr<emitters::LayoutStamp> stamp = emitters::StampOf(
        layout, LayoutRevisionOf(revision.id, revision.revises, revision.message, compiled.migration),
        LayoutOptionsFor(project, compiled));
    if (!stamp) return context.Fail(stamp.error());
    stamps.emplace(compiled.revision, *std::move(stamp));
    return true;
  };
  const auto is_new = [&](std::size_t index) { return !stamps.contains(index); };
  for (const std::size_t head : history.Heads()) {
    if (!CompileUpTo(context, project, history, head, is_new, add)) return std::nullopt;
  }
  return stamps;
}

void Append(const std::vector<std::string>& from, std::vector<std::string>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

// The books of the tool, in the order of the history.
bool FillLayout(Context& context, const Project& project, const History& history, const std::string& layout,
                const std::pair<Point, Point>& ends, emitters::Stamp& stamp) {
  if (layout == "sqitch") {
    context.Say(
        "Sqitch alone can fill its tables: \"sqitch deploy --log-only\" does, once this has been run");
    return true;
  }
  stamp.one_row = emitters::OneRowTableOf(layout);
  if (stamp.one_row && !stamp.only_these)
    return context.Fail(
        DiagnosticKind::Usage,
        fmt::format("{} says how far a database is, not which revisions it has", stamp.one_row->table),
        "name the revision that the database is at instead of a range");
  const std::optional<LayoutStamps> stamps = ReadStamps(context, project, history, layout);
  if (!stamps) return false;
  const ErrorOr<RevisionPath> path = history.Path(ends.first, ends.second);
  if (!path) return context.Fail(path.error());
  for (const auto& [index, of_one] : *stamps) {
    stamp.also_create = of_one.create;
    if (!of_one.version.empty()) stamp.also_known.push_back(of_one.version);
    if (stamp.only_these && std::ranges::find(*path, index) == path->end()) Append(of_one.absent, stamp.also);
  }
  for (const std::size_t index : *path)
    Append(index == ends.second ? stamps->at(index).reached : stamps->at(index).passed, stamp.also);
  return true;
}

void PrintStamp(Context& context, const StampOptions& options) {
  if (!RequireSql(context, options.sql, "stamp", "script")) return;
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  const ErrorOr<std::pair<Point, Point>> ends = ResolveEnds(*history, options.range, "base");
  if (!ends) {
    context.Fail(ends.error());
    return;
  }
  emitters::Stamp stamp;
  stamp.only_these = options.range.find(':') == std::string::npos;
  stamp.ledger_table = project->config.scripts.ledger_table;
  for (const Revision& revision : history->revisions()) stamp.known.push_back(revision.id);
  if (!FillRows(context, *project, *history, ends->first, ends->second, stamp)) return;
  const std::string& layout = options.layout.empty() ? project->config.scripts.layout : options.layout;
  if (!layout.empty() && !FillLayout(context, *project, *history, layout, *ends, stamp)) return;
  const std::string last = ends->second ? history->revisions()[*ends->second].id : "base";
  stamp.title = stamp.only_these ? fmt::format("marks a database as being at {}", last)
                                 : fmt::format("marks {} as applied", options.range);
  context.out << emitters::StampScript(stamp);
}

void PrintCurrent(Context& context, bool sql) {
  if (!RequireSql(context, sql, "current", "query")) return;
  const std::optional<Project> project = OpenProject(context);
  if (project) context.out << emitters::CurrentQuery(project->config.scripts.ledger_table);
}

}  // namespace

void AddStamp(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("stamp", "Print a script that marks revisions as applied");
  auto options = std::make_shared<StampOptions>();
  command
      ->add_option("range", options->range,
                   "REV: the database is there, and nowhere else; A:B: what lies between is applied too")
      ->required();
  command->add_flag("--sql", options->sql, "Print the script; required");
  AddWrittenLayout(*command, options->layout, "The tool whose books are told the same");
  command->callback(
      [&action, options] { action = [options](Context& context) { PrintStamp(context, *options); }; });
}

void AddCurrent(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("current", "Print a query for the revisions that are applied");
  auto sql = std::make_shared<bool>(false);
  command->add_flag("--sql", *sql, "Print the query; required");
  command->callback([&action, sql] { action = [sql](Context& context) { PrintCurrent(context, *sql); }; });
}

}  // namespace schemac
