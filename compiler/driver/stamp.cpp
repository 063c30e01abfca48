// `stamp --sql` and `current --sql`: the books of a database.
#include "emitters/layouts/stamp.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/options.h"
#include "compiler/driver/range.h"
#include "compiler/driver/scripts.h"

namespace schemac {
namespace {

struct StampOptions {
  std::string range;
  bool sql = false;
};

bool FillRows(Context& context, const Project& project, const History& history, Point older, Point newer,
              emitters::Stamp& stamp) {
  return CompileBetween(context, project, history, older, newer, [&](const Compiled& compiled) {
    stamp.applied.push_back({history.revisions()[compiled.revision].id, compiled.migration.up.checksum});
    return true;
  });
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
