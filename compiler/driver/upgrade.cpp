// `upgrade --sql` and `downgrade --sql`: the scripts of a range of revisions as one.
#include <algorithm>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/branch.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/layout_files.h"
#include "compiler/driver/options.h"
#include "compiler/driver/parts.h"
#include "compiler/driver/range.h"
#include "compiler/driver/scripts.h"
#include "emitters/layouts/header.h"

namespace schemac {
namespace {

struct RangeOptions {
  std::string range;
  bool sql = false;
  bool idempotent = false;
  std::string layout;
};

struct Range {
  Point older;
  Point newer;
};

// The scripts of the revisions in the range, oldest first. The files on disk are what was reviewed: they must
// be what is printed.
bool CollectScripts(Context& context, const Project& project, const History& history, const Range& range,
                    bool down, std::vector<std::string>& scripts) {
  if (!ProveRange(context, project, history, range.older, range.newer, down)) return false;
  return CompileBetween(context, project, history, range.older, range.newer, [&](const Compiled& compiled) {
    std::optional<std::string> script = ReviewedScript(context, project, history, compiled, down);
    if (!script) return false;
    scripts.push_back(*std::move(script));
    return true;
  });
}

// The same scripts with the books of another tool in them. Those on disk do not keep these, so what was
// reviewed must be what is compiled.
bool AddBooks(Context& context, Project project, const History& history, const Range& range, bool down,
              const std::string& layout, std::vector<std::string>& scripts) {
  std::size_t number = 0;
  const auto as_compiled = [&](const Compiled& compiled) {
    const Migration& migration = compiled.migration;
    if (scripts.at(number++) == (down ? migration.down : migration.up).text) return true;
    const std::string& id = history.revisions()[compiled.revision].id;
    return context.Fail(
        DiagnosticKind::History,
        fmt::format("the script of {} was edited, and the books of {} cannot be put into it", id, layout),
        fmt::format(
            "layout = \"{}\" in schemac.toml keeps them in all scripts; or \"schemac compile --force {}\" "
            "writes the script anew",
            layout, id));
  };
  if (!CompileBetween(context, project, history, range.older, range.newer, as_compiled)) return false;
  scripts.clear();
  project.config.scripts.layout = layout;
  return CompileBetween(context, project, history, range.older, range.newer, [&](const Compiled& compiled) {
    scripts.push_back((down ? compiled.migration.down : compiled.migration.up).text);
    return true;
  });
}

// What its reader should know of the script as a whole.
std::string HeadOf(const Collected& collected) {
  std::vector<std::size_t> alone;
  for (std::size_t i = 0; i < collected.parts.size(); ++i) {
    if (!collected.parts[i].transaction || collected.parts[i].batch_rows > 0) alone.push_back(i + 1);
  }
  std::string head = emitters::CommentLines(
      fmt::format("upgrade to {}: may be run again; what is done already is compared and passed over",
                  collected.revisions.back()));
  if (!alone.empty()) {
    head += emitters::CommentLines(
        fmt::format("not as one query: part{} {} cannot run in a transaction with others. Send each "
                    "statement by itself,\nas psql does; for an editor that sends all at once, "
                    "\"schemac script\" writes part by part",
                    alone.size() == 1 ? "" : "s", fmt::join(alone, ", ")));
  }
  return head + "\n";
}

void PrintIdempotent(Context& context, const Project& project, const RangeOptions& options) {
  const std::optional<Collected> collected = CollectParts(context, project, options.range, options.layout);
  if (!collected) return;
  if (collected->parts.empty()) {
    context.out << "-- nothing to do\n";
    return;
  }
  const ScriptSettings& settings = project.config.scripts;
  context.out << HeadOf(*collected);
  std::size_t number = 0;
  for (const Part& part : collected->parts) {
    context.out << (number == 0 ? "" : "\n\n")
                << PartText(part, number + 1, collected->parts.size(),
                            {settings.ledger_table, settings.lock_timeout, true});
    ++number;
  }
}

void PrintScripts(Context& context, const RangeOptions& options, bool down) {
  if (!RequireSql(context, options.sql, down ? "downgrade" : "upgrade", "script")) return;
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  if (options.idempotent) {
    PrintIdempotent(context, *project, options);
    return;
  }
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  const ErrorOr<std::pair<Point, Point>> ends = ResolveEnds(*history, options.range, down ? "head" : "base");
  if (!ends) {
    context.Fail(ends.error());
    return;
  }
  const Range range = down ? Range{ends->second, ends->first} : Range{ends->first, ends->second};
  std::vector<std::string> scripts;
  if (!CollectScripts(context, *project, *history, range, down, scripts)) return;
  if (!options.layout.empty() && options.layout != project->config.scripts.layout &&
      !AddBooks(context, *project, *history, range, down, options.layout, scripts)) {
    return;
  }
  if (down) std::reverse(scripts.begin(), scripts.end());
  if (scripts.empty()) {
    context.out << "-- nothing to do\n";
    return;
  }
  for (std::size_t i = 0; i < scripts.size(); ++i) context.out << (i == 0 ? "" : "\n") << scripts[i];
}

}  // namespace

void AddUpgrade(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("upgrade", "Print the upgrade over a range of revisions");
  auto options = std::make_shared<RangeOptions>();
  options->range = "head";
  command->add_option("range", options->range,
                      "REV, head, +N (from base), or A:B from A to B (default: head)");
  command->add_flag("--sql", options->sql, "Print the script; required");
  command->add_flag("--idempotent", options->idempotent,
                    "A script that may be run again: what is done already is checked and passed over");
  AddWrittenLayout(*command, options->layout, kBooksHelp);
  command->callback([&action, options] {
    action = [options](Context& context) { PrintScripts(context, *options, false); };
  });
}

void AddDowngrade(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("downgrade", "Print the downgrade over a range of revisions");
  auto options = std::make_shared<RangeOptions>();
  options->range = "-1";
  command->add_option("range", options->range,
                      "REV, base, -N (from head), or B:A from B down to A (default: -1)");
  command->add_flag("--sql", options->sql, "Print the script; required");
  AddWrittenLayout(*command, options->layout, kBooksHelp);
  command->callback([&action, options] {
    action = [options](Context& context) { PrintScripts(context, *options, true); };
  });
}

}  // namespace schemac
