// `verify --sql`: a query that tells where a database differs from a revision.
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/options.h"
#include "compiler/driver/parts.h"
#include "compiler/driver/project.h"
#include "compiler/driver/range.h"
#include "compiler/history/replay.h"
#include "compiler/support/quote.h"
#include "compiler/verify/queries.h"
#include "emitters/layouts/header.h"
#include "emitters/layouts/ledger.h"

namespace schemac {
namespace {

struct VerifyOptions {
  std::string revision = "head";
  bool model = false;
  bool sql = false;
  bool json = false;
};

// What the query cannot tell is said above it: silence would pass for agreement.
void PrintQuery(Context& context, const std::string& title, const verify::Facts& facts,
                const verify::Comparison& comparison, bool json) {
  std::string header =
      title + (json ? ": what is missing or different, as one JSON object\n"
                    : ": a row for each thing that is missing or different, none when all is right\n");
  header +=
      "reads only; grants beyond the expected ones do not count\n"
      "never compared: rows, owners, tablespaces, storage parameters, statistics targets, partition bounds,\n"
      "options of identity columns, the definitions of rules, collations and extended statistics";
  for (const std::string& what : facts.not_compared) header += "\nnot compared: " + what;
  context.out << emitters::CommentLines(header) << "WITH " << verify::ComparedTables(facts.facts, comparison)
              << "\n"
              << (json ? verify::JsonQuery(title, facts.not_compared) : verify::ReportQuery(true)) << ";\n";
}

// What is compared, and what it is called.
struct Target {
  std::string title;
  verify::Facts facts;
  bool whole = true;  // Then parts of tables beyond the facts are told, too.
};

std::optional<Target> ModelTarget(Context& context, const Project& project) {
  const std::optional<Model> model = LoadModel(context, project);
  if (!model) return std::nullopt;
  return Target{"the model", verify::FactsOf(model->catalog), true};
}

// What is said of objects that the facts do not name is none of theirs.
void KeepRelevant(const std::vector<verify::Fact>& facts, std::vector<std::string>& not_compared) {
  std::set<std::string> objects;
  for (const verify::Fact& fact : facts) objects.insert(fact.object);
  std::erase_if(not_compared, [&](const std::string& what) {
    constexpr std::string_view kOf = " of ";
    return !objects.contains(what.substr(what.find(kOf) + kOf.size()));
  });
}

// A revision is the whole state that it leads to, a range what lies between its ends.
std::optional<Target> RevisionTarget(Context& context, const Project& project, const std::string& range) {
  const std::optional<History> history = LoadHistory(context, project);
  if (!history) return std::nullopt;
  const ErrorOr<std::pair<Point, Point>> ends = ResolveEnds(*history, range, "base");
  const ErrorOr<RevisionPath> path =
      ends ? history->Path(ends->first, ends->second) : ErrorOr<RevisionPath>(ends.error());
  if (!path) {
    context.Fail(path.error());
    return std::nullopt;
  }
  const auto state_at = [&](Point point) {
    return StateAt(*history, point, context.sources, context.sink, context.analysis);
  };
  const std::optional<schema::Catalog> after = state_at(ends->second);
  if (!after) return std::nullopt;
  Target target{ends->second ? history->revisions()[*ends->second].id : "base", verify::FactsOf(*after),
                true};
  if (range.find(':') != std::string::npos) {
    const std::optional<schema::Catalog> before = state_at(ends->first);
    if (!before) return std::nullopt;
    target.title = "what is done from " + range;
    target.facts.facts = FactsBetween(*before, *after);
    target.whole = false;
    KeepRelevant(target.facts.facts, target.facts.not_compared);
  }
  for (const std::size_t index : *path)
    target.facts.facts.push_back({"revision " + history->revisions()[index].id, "", "applied"});
  return target;
}

void Verify(Context& context, const VerifyOptions& options) {
  if (!RequireSql(context, options.sql, "verify", "query")) return;
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<Target> target =
      options.model ? ModelTarget(context, *project) : RevisionTarget(context, *project, options.revision);
  if (!target) return;
  PrintQuery(context, target->title, target->facts,
             {target->whole, emitters::LedgerTableText(project->config.scripts.ledger_table)}, options.json);
}

}  // namespace

void AddVerify(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("verify", "Print a query that compares a database with a revision");
  auto options = std::make_shared<VerifyOptions>();
  CLI::Option* revision = command->add_option(
      "revision", options->revision, "The revision, or A:B for what is done from A to B (default: head)");
  command->add_flag("--model", options->model, "Compare with the model instead")->excludes(revision);
  command->add_flag("--sql", options->sql, "Print the query; required");
  auto format = std::make_shared<std::string>();
  AddFormat(*command, *format);
  command->callback([&action, options, format] {
    options->json = *format == "json";
    action = [options](Context& context) { Verify(context, *options); };
  });
}

}  // namespace schemac
