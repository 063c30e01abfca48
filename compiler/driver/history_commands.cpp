// `history`, `heads`, `branches`, `show`.
#include <algorithm>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/graph_text.h"
#include "compiler/driver/options.h"
#include "compiler/driver/range.h"
#include "compiler/driver/released.h"
#include "compiler/driver/report.h"
#include "compiler/driver/scripts.h"
#include "compiler/driver/tenant_history.h"
#include "compiler/driver/words.h"

namespace schemac {
namespace {

struct ListOptions {
  std::string range;  // "" for all.
  bool graph = false;
  bool heads = false;
  std::string tenants;  // A file with the answer to the catalog query; "" for the history itself.
};

// One line about a revision, with what it is besides.
std::string Words(const History& history, const Released& released, std::size_t index) {
  const Revision& revision = history.revisions()[index];
  std::string line = revision.id;
  if (history.ChildrenOf(index).empty()) line += " (head)";
  if (released.Has(revision.id)) line += " (released)";
  if (!revision.message.empty()) line += ": " + OneLine(revision.message);
  return line;
}

std::string RevisionsAsJson(const History& history, const Released& released,
                            const std::vector<std::size_t>& chosen) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const std::size_t index : chosen) {
    const Revision& revision = history.revisions()[index];
    std::vector<std::string> children;
    for (const std::size_t child : history.ChildrenOf(index))
      children.push_back(history.revisions()[child].id);
    list.push_back({{"id", revision.id},
                    {"revises", revision.revises},
                    {"message", revision.message},
                    {"head", children.empty()},
                    {"revised_by", children},
                    {"released", released.Has(revision.id)}});
  }
  const nlohmann::ordered_json report{{"schema_version", 1}, {"revisions", list}};
  return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

// The history of a project, as the commands that list it read it.
struct Listed {
  Project project;
  History history;
  Released released;
};

std::optional<Listed> ReadHistory(Context& context) {
  std::optional<Project> project = OpenProject(context);
  if (!project) return std::nullopt;
  std::optional<History> history = LoadHistory(context, *project);
  std::optional<Released> released = Released::Load(context, *project);
  if (!history || !released) return std::nullopt;
  return Listed{*std::move(project), *std::move(history), *std::move(released)};
}

std::optional<std::vector<std::size_t>> Choose(Context& context, const History& history,
                                               const ListOptions& options) {
  if (options.heads) return history.Heads();
  std::vector<std::size_t> chosen;
  if (options.range.empty()) {
    for (std::size_t i = 0; i < history.revisions().size(); ++i) chosen.push_back(i);
    return chosen;
  }
  const ErrorOr<std::pair<Point, Point>> ends = ResolveEnds(history, options.range, "base");
  const ErrorOr<RevisionPath> path =
      ends ? history.Path(ends->first, ends->second) : ErrorOr<RevisionPath>(ends.error());
  if (!path) {
    context.Fail(path.error());
    return std::nullopt;
  }
  chosen = *path;
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

void ListHistory(Context& context, const ListOptions& options, bool json) {
  const std::optional<Listed> listed = ReadHistory(context);
  if (!listed) return;
  const auto& [project, history, released] = *listed;
  if (!options.tenants.empty()) {
    ListTenantHistory(context, project, history, options.tenants, json);
    return;
  }
  const std::optional<std::vector<std::size_t>> chosen = Choose(context, history, options);
  if (!chosen) return;
  const auto words = [&, &history = history, &released = released](std::size_t index) {
    return Words(history, released, index);
  };
  if (json) {
    context.out << RevisionsAsJson(history, released, *chosen);
  } else if (options.graph) {
    context.out << DrawGraph(history, *chosen, words);
  } else {
    for (const std::size_t index : *chosen) context.out << words(index) << "\n";
  }
}

// The revisions on which several build, with those.
void ListBranches(Context& context, bool json) {
  const std::optional<Listed> listed = ReadHistory(context);
  if (!listed) return;
  const auto& [project, history, released] = *listed;
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < history.revisions().size(); ++i) {
    if (history.ChildrenOf(i).size() > 1) chosen.push_back(i);
  }
  if (json) {
    context.out << RevisionsAsJson(history, released, chosen);
    return;
  }
  for (const std::size_t index : chosen) {
    context.out << Words(history, released, index) << "\n";
    for (const std::size_t child : history.ChildrenOf(index))
      context.out << "  -> " << Words(history, released, child) << "\n";
  }
}

struct ShowOptions {
  std::string revision = "head";
  bool sql = false;
  bool down = false;
};

void PrintOne(Context& context, const ShowOptions& options, const std::string& format,
              const Revision& revision, const Migration& migration) {
  const std::string from =
      revision.revises.empty() ? "base" : fmt::format("{}", fmt::join(revision.revises, ", "));
  if (format == "json") {
    context.out << JsonReport({from, revision.id, revision.id}, migration);
  } else if (format == "markdown") {
    context.out << MarkdownReport({from, revision.id, revision.id}, revision.message, migration);
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

void Show(Context& context, const ShowOptions& options, const std::string& format) {
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
        PrintOne(context, options, format, history->revisions()[compiled.revision], compiled.migration);
        return true;
      });
}

// A command that takes no more than a format.
void AddPlain(CLI::App& app, Action& action, const char* name, const char* help,
              const std::function<void(Context&, bool json)>& list) {
  CLI::App* command = app.add_subcommand(name, help);
  auto format = std::make_shared<std::string>();
  AddFormat(*command, *format);
  command->callback([&action, format, list] {
    action = [format, list](Context& context) { list(context, *format == "json"); };
  });
}

}  // namespace

void AddHistory(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("history", "List the revisions, oldest first");
  auto options = std::make_shared<ListOptions>();
  auto format = std::make_shared<std::string>();
  CLI::Option* range = command->add_option(
      "range", options->range, "REV, or A:B from A to B, either of which may be left out (default: all)");
  CLI::Option* graph = command->add_flag("--graph", options->graph, "Draw how they build on each other");
  command
      ->add_option("--tenants", options->tenants,
                   "At which of them the tenants of a database are: the answer to \"schemac catalog-query "
                   "--applied\"; - is standard input")
      ->excludes(range)
      ->excludes(graph);
  AddFormat(*command, *format);
  command->callback([&action, options, format] {
    action = [options, format](Context& context) { ListHistory(context, *options, *format == "json"); };
  });
}

void AddHeads(CLI::App& app, Action& action) {
  AddPlain(app, action, "heads", "List the revisions that none builds on", [](Context& context, bool json) {
    ListHistory(context, {"", false, true, ""}, json);
  });
}

void AddBranches(CLI::App& app, Action& action) {
  AddPlain(app, action, "branches", "List the revisions on which several build", ListBranches);
}

void AddShow(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("show", "Show what a revision does");
  auto options = std::make_shared<ShowOptions>();
  auto format = std::make_shared<std::string>();
  command->add_option("revision", options->revision, "The revision (default: head)");
  command->add_flag("--sql", options->sql, "Print its upgrade");
  command->add_flag("--down", options->down, "Print its downgrade");
  AddFormat(*command, *format, {"markdown"});
  command->callback([&action, options, format] {
    action = [options, format](Context& context) { Show(context, *options, *format); };
  });
}

}  // namespace schemac
