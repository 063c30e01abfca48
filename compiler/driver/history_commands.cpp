// `history`, `heads`, `show`.
#include <algorithm>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report.h"
#include "compiler/driver/scripts.h"
#include "compiler/driver/words.h"

namespace schemac {
namespace {

void PrintRevisions(Context& context, const History& history, const std::vector<std::size_t>& chosen,
                    bool json) {
  const std::vector<std::size_t> heads = history.Heads();
  const auto is_head = [&](std::size_t index) {
    return std::find(heads.begin(), heads.end(), index) != heads.end();
  };
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const std::size_t index : chosen) {
    const Revision& revision = history.revisions()[index];
    if (json) {
      list.push_back({{"id", revision.id},
                      {"revises", revision.revises},
                      {"message", revision.message},
                      {"head", is_head(index)}});
      continue;
    }
    context.out << revision.id << (is_head(index) ? " (head)" : "");
    if (!revision.message.empty()) context.out << ": " << OneLine(revision.message);
    context.out << "\n";
  }
  if (json) {
    const nlohmann::ordered_json report{{"schema_version", 1}, {"revisions", list}};
    context.out << report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  }
}

void ListHistory(Context& context, bool heads_only, bool json) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  std::vector<std::size_t> chosen = history->Heads();
  if (!heads_only) {
    chosen.clear();
    for (std::size_t i = 0; i < history->revisions().size(); ++i) chosen.push_back(i);
  }
  PrintRevisions(context, *history, chosen, json);
}

struct ShowOptions {
  std::string revision = "head";
  bool sql = false;
  bool down = false;
};

void PrintOne(Context& context, const ShowOptions& options, bool json, const Revision& revision,
              const Migration& migration) {
  const std::string from =
      revision.revises.empty() ? "base" : fmt::format("{}", fmt::join(revision.revises, ", "));
  if (json) {
    context.out << JsonReport({from, revision.id, revision.id}, migration);
  } else if (options.down) {
    context.out << migration.down.text;
  } else if (options.sql) {
    context.out << migration.up.text;
  } else {
    context.out << "revision " << revision.id << "\nrevises  " << from << "\n";
    if (!revision.message.empty()) context.out << "message  " << OneLine(revision.message) << "\n";
    context.out << "\n" << TextReport(migration.diff);
  }
}

void Show(Context& context, const ShowOptions& options, bool json) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  const ErrorOr<std::optional<std::size_t>> found = history->Resolve(options.revision);
  if (!found) {
    context.Fail(found.error());
    return;
  }
  if (!*found) {
    context.Fail(DiagnosticKind::History, "there is no revision to show");
    return;
  }
  CompileUpTo(
      context, *project, *history, *found, [&](std::size_t index) { return index == **found; },
      [&](const Compiled& compiled) {
        PrintOne(context, options, json, history->revisions()[compiled.revision], compiled.migration);
        return true;
      });
}

void AddList(CLI::App& app, Action& action, const char* name, const char* help, bool heads_only) {
  CLI::App* command = app.add_subcommand(name, help);
  auto format = std::make_shared<std::string>();
  AddFormat(*command, *format);
  command->callback([&action, format, heads_only] {
    action = [format, heads_only](Context& context) { ListHistory(context, heads_only, *format == "json"); };
  });
}

}  // namespace

void AddHistory(CLI::App& app, Action& action) {
  AddList(app, action, "history", "List the revisions, oldest first", false);
}

void AddHeads(CLI::App& app, Action& action) {
  AddList(app, action, "heads", "List the revisions that none builds on", true);
}

void AddShow(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("show", "Show what a revision does");
  auto options = std::make_shared<ShowOptions>();
  auto format = std::make_shared<std::string>();
  command->add_option("revision", options->revision, "The revision (default: head)");
  command->add_flag("--sql", options->sql, "Print its upgrade");
  command->add_flag("--down", options->down, "Print its downgrade");
  AddFormat(*command, *format);
  command->callback([&action, options, format] {
    action = [options, format](Context& context) { Show(context, *options, *format == "json"); };
  });
}

}  // namespace schemac
