// `catalog-query` and `drift`: what a database holds beside what a revision says, without a connection.
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/comparable.h"
#include "compiler/driver/diff_options.h"
#include "compiler/driver/inputs.h"
#include "compiler/driver/options.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/words.h"
#include "compiler/history/replay.h"
#include "compiler/verify/catalog_answer.h"
#include "compiler/verify/catalog_query.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

struct DriftOptions {
  std::string file;
  std::string revision = "head";
  bool sql = false;
  bool grants = false;
  bool json = false;
  std::vector<std::string> allowed;
};

// What the file says of a database.
struct FoundState {
  schema::Catalog catalog;
  bool is_answer = false;
  std::vector<std::string> not_told;
};

std::optional<FoundState> ReadAnswerFile(Context& context, const std::string& path, const std::string& text) {
  const ErrorOr<verify::CatalogAnswer> answer = verify::ReadAnswer(text);
  if (!answer) {
    context.FailIn(context.sources.Add(path, text), answer.error());
    return std::nullopt;
  }
  FoundState found{schema::Catalog::Empty(), true, answer->not_told};
  sql::InterpretOptions options;
  options.owner = context.analysis.owner;
  options.search_path = answer->search_path;
  const std::size_t errors = context.sink.error_count();
  const SourceId source = context.sources.Add(path + " as SQL", answer->sql);
  sql::Interpret(source, context.sources, found.catalog, options, context.sink);
  if (context.sink.error_count() > errors) return std::nullopt;
  return found;
}

std::optional<FoundState> ReadDatabase(Context& context, const std::string& path) {
  if (path != "-" && context.files.KindOf(path) == Files::Kind::File) {
    const ErrorOr<std::string> text = context.files.Read(path);
    if (!text) {
      context.Fail(text.error());
      return std::nullopt;
    }
    if (verify::LooksLikeAnswer(*text)) return ReadAnswerFile(context, path, *text);
  }
  const std::optional<Reading> reading = PrepareState(context, path);
  if (!reading) return std::nullopt;
  std::optional<State> state = (*reading)(context.sink);
  if (!state) return std::nullopt;
  return FoundState{std::move(state->catalog), false, {}};
}

// What a change that mends the database says of it as it is.
struct Difference {
  const char* verdict;  // "missing", "unexpected", "different".
  std::string sentence;
};

Difference Told(const ChangeWords& words) {
  const std::string what = OneLine(schema::Describe(words.address));
  if (words.action == "create") return {"missing", what};
  if (words.action == "drop") return {"unexpected", what};
  return {"different",
          words.details.empty() ? what : fmt::format("{}: {}", what, fmt::join(words.details, "; "))};
}

struct Drifted {
  std::string revision;
  schema::Diff diff;  // From what was found to what should be there.
  std::vector<std::string> not_compared;
};

void PrintText(Context& context, const Drifted& drifted) {
  for (const ChangeWords& words : Summary(drifted.diff)) {
    const Difference difference = Told(words);
    context.out << fmt::format("{:<11} {}\n", fmt::format("{}:", difference.verdict), difference.sentence);
  }
  for (const std::string& what : drifted.not_compared) context.Say("not compared: " + OneLine(what));
  if (drifted.diff.empty()) {
    context.out << fmt::format("no drift: the database holds what {} says\n", drifted.revision);
  } else {
    context.Say("--sql prints what mends the database");
  }
}

void PrintJson(Context& context, const Drifted& drifted) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const ChangeWords& words : Summary(drifted.diff)) {
    list.push_back({{"verdict", Told(words).verdict},
                    {"kind", words.kind},
                    {"object", words.name},
                    {"details", words.details}});
  }
  const nlohmann::ordered_json report{{"schema_version", 1},
                                      {"revision", drifted.revision},
                                      {"differences", list},
                                      {"not_compared", drifted.not_compared}};
  context.out << report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

// The script that leads from what was found to what should be there, proved like any other.
bool PrintRepair(Context& context, const DriftOptions& options, const Drifted& drifted,
                 const schema::Catalog& found, const schema::Catalog& wanted) {
  MigrationOptions settings;
  settings.allowed = {options.allowed.begin(), options.allowed.end()};
  settings.up.title = fmt::format("mends a database that is not what {} says", drifted.revision);
  const std::optional<Migration> migration =
      MakeMigration(found, wanted, drifted.diff, settings, context.sink);
  if (!migration || !Prove(context, found, wanted, *migration)) return false;
  context.out << migration->up.text;
  for (const std::string& what : drifted.not_compared) context.Say("not compared: " + OneLine(what));
  return true;
}

void Drift(Context& context, const DriftOptions& options) {
  if (!CheckAllowed(context, options.allowed)) return;
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  const ErrorOr<std::optional<std::size_t>> point = history->Resolve(options.revision);
  if (!point) {
    context.Fail(point.error());
    return;
  }
  const std::optional<schema::Catalog> wanted =
      StateAt(*history, *point, context.sources, context.sink, context.analysis);
  std::optional<FoundState> found = ReadDatabase(context, options.file);
  if (!wanted || !found) return;
  Drifted drifted;
  drifted.revision = *point ? history->revisions()[**point].id : "base";
  drifted.not_compared = MakeComparable(
      found->catalog, *wanted, {project->config.scripts.ledger_table, found->is_answer, options.grants});
  for (const std::string& what : found->not_told) drifted.not_compared.push_back(what);
  ErrorOr<schema::Diff> diff = schema::Compare(found->catalog, *wanted, {});
  if (!diff) {
    context.Fail(diff.error());
    return;
  }
  drifted.diff = *std::move(diff);
  if (options.sql) {
    if (!PrintRepair(context, options, drifted, found->catalog, *wanted)) return;
  } else if (options.json) {
    PrintJson(context, drifted);
  } else {
    PrintText(context, drifted);
  }
  if (!drifted.diff.empty()) context.exit_code = kExitDifferent;
}

}  // namespace

void AddDrift(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("drift", "Compare what a database holds with a revision");
  auto options = std::make_shared<DriftOptions>();
  auto format = std::make_shared<std::string>();
  command
      ->add_option("file", options->file,
                   "The answer to \"schemac catalog-query\", or a dump by pg_dump --schema-only")
      ->required();
  command->add_option("revision", options->revision, "The revision (default: head)");
  command->add_flag("--sql", options->sql, "Print the script that mends the database");
  command->add_flag("--grants", options->grants, "Grants beyond the expected ones are differences, too");
  AddRepeated(*command, "--allow", options->allowed, "Hazards to take: drop-table, drop-column, …, or all")
      ->delimiter(',');
  AddFormat(*command, *format);
  command->callback([&action, options, format] {
    options->json = *format == "json";
    action = [options](Context& context) { Drift(context, *options); };
  });
}

void AddCatalogQuery(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("catalog-query", "Print a query whose answer \"schemac drift\" compares");
  auto applied = std::make_shared<bool>(false);
  command->add_flag("--applied", *applied,
                    "Only which revisions are applied, for \"schemac history --tenants\"");
  command->callback([&action, applied] {
    action = [applied](Context& context) {
      context.out << (*applied ? verify::AppliedRevisionsQuery() : verify::CatalogQuery());
    };
  });
}

}  // namespace schemac
