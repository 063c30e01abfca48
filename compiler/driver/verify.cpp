// `verify --sql`: a query that tells where a database differs from a revision.
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/history/replay.h"
#include "compiler/support/quote.h"
#include "compiler/verify/queries.h"
#include "emitters/layouts/header.h"
#include "emitters/layouts/ledger.h"

namespace schemac {
namespace {

struct VerifyOptions {
  std::string revision = "head";
  bool sql = false;
};

// What the query cannot tell is said above it: silence would pass for agreement.
void PrintQuery(Context& context, const std::string& title, verify::Facts facts,
                const verify::Comparison& comparison) {
  std::string header =
      title + ": a row for each thing that is missing or different, none when all is right\n";
  header +=
      "reads only; grants beyond the expected ones do not count\n"
      "never compared: rows, owners, tablespaces, storage parameters, statistics targets, partition bounds,\n"
      "options of identity columns, the definitions of rules, collations and extended statistics";
  for (const std::string& what : facts.not_compared) header += "\nnot compared: " + what;
  context.out << emitters::CommentLines(header) << "WITH " << verify::ComparedTables(facts.facts, comparison)
              << "\n"
              << verify::ReportQuery(true) << ";\n";
}

void Verify(Context& context, const VerifyOptions& options) {
  if (!RequireSql(context, options.sql, "verify", "query")) return;
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  const ErrorOr<std::optional<std::size_t>> point = history->Resolve(options.revision);
  if (!point) {
    context.Fail(point.error());
    return;
  }
  const ErrorOr<RevisionPath> path = history->Path(std::nullopt, *point);
  if (!path) {
    context.Fail(path.error());
    return;
  }
  const std::optional<schema::Catalog> state =
      StateAt(*history, *point, context.sources, context.sink, context.analysis);
  if (!state) return;
  verify::Facts facts = verify::FactsOf(*state);
  for (const std::size_t index : *path)
    facts.facts.push_back({"revision " + history->revisions()[index].id, "", "applied"});
  const std::string title = *point ? history->revisions()[**point].id : "base";
  PrintQuery(context, title, std::move(facts),
             {true, emitters::LedgerTableText(project->config.scripts.ledger_table)});
}

}  // namespace

void AddVerify(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("verify", "Print a query that compares a database with a revision");
  auto options = std::make_shared<VerifyOptions>();
  command->add_option("revision", options->revision, "The revision (default: head)");
  command->add_flag("--sql", options->sql, "Print the query; required");
  command->callback(
      [&action, options] { action = [options](Context& context) { Verify(context, *options); }; });
}

}  // namespace schemac
