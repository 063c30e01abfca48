// `lint`: hazards of SQL files and of the project's revisions, with the safe way.
#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/inputs.h"
#include "compiler/driver/lint_settings.h"
#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/range.h"
#include "compiler/driver/scripts.h"
#include "compiler/history/replay.h"
#include "compiler/history/server_version.h"
#include "compiler/lint/output.h"

namespace schemac {
namespace {

struct LintOptions {
  std::vector<std::string> targets;
  std::string from;
  std::string layout;
  std::string format = "text";
  std::string fail_on = "warning";
  std::string explain;
  std::vector<std::string> disabled;
  std::vector<std::string> enabled;
  std::vector<std::string> tenant_columns;
  int postgres_version = 0;  // 0: the project's, or the oldest that is supported.
  bool in_transaction = false;
  bool rules = false;
};

// What the command says, and where it says nothing the project: `settings` is its [lint].
lint::Options JudgeOptions(const LintOptions& options, const Config& config, const LintSettings& settings) {
  lint::Options judge;
  judge.postgres_version = options.postgres_version != 0
                               ? options.postgres_version
                               : config.scripts.postgres_version.value_or(kOldestPostgres);
  judge.in_transaction = options.in_transaction;
  if (config.tenants.columns) judge.tenant_columns = *config.tenants.columns;
  if (!options.tenant_columns.empty()) judge.tenant_columns = options.tenant_columns;
  judge.naming = settings.naming;
  if (judge.naming) judge.enabled.insert("naming");
  judge.enabled.insert(settings.enabled.begin(), settings.enabled.end());
  judge.disabled.insert(settings.disabled.begin(), settings.disabled.end());
  for (const std::string& rule : options.enabled) judge.disabled.erase(rule);
  judge.enabled.insert(options.enabled.begin(), options.enabled.end());
  judge.disabled.insert(options.disabled.begin(), options.disabled.end());
  return judge;
}

std::optional<lint::Options> JudgeOptions(Context& context, const LintOptions& options,
                                          const Project& project) {
  const std::optional<SourceId> source =
      context.Load(context.config_file.empty() ? project.PathOf(kConfigName) : context.config_file);
  if (!source) return std::nullopt;
  const std::optional<LintSettings> settings = ReadLintSettings(*source, context.sources, context.sink);
  if (!settings) return std::nullopt;
  return JudgeOptions(options, project.config, *settings);
}

void Append(std::vector<lint::Finding>& all, std::vector<lint::Finding> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

// Files and folders of SQL. A folder is the whole past: each of its scripts is judged on what those before it
// made.
bool LintFiles(Context& context, const LintOptions& options, std::vector<lint::Finding>& findings) {
  std::optional<lint::Options> judge = JudgeOptions(options, Config(), {});
  if (HasProject(context)) {
    const std::optional<Project> project = OpenProject(context);
    if (!project) return false;
    judge = JudgeOptions(context, options, *project);
    if (!judge) return false;
  }
  schema::Catalog catalog = schema::Catalog::Empty();
  if (!options.from.empty()) {
    const std::optional<Reading> reading = PrepareState(context, options.from);
    std::optional<State> state = reading ? (*reading)(context.sink) : std::nullopt;
    if (!state) return false;
    catalog = std::move(state->catalog);
  }
  for (const std::string& target : options.targets) {
    std::optional<Found> found = target == "-" ? ReadInput(context) : ReadFound(context, target);
    if (!found) return false;
    judge->knows_base = !options.from.empty() || found->is_folder;
    if (!AreSql({*found})) {
      return context.Fail(DiagnosticKind::Usage,
                          fmt::format("\"{}\" is a model, and lint judges SQL", target),
                          "give a revision, or SQL files");
    }
    std::optional<SchemaFiles> files = LoadSchema(context, {*std::move(found)}, options.layout);
    if (!files) return false;
    for (const SourceId file : files->files) {
      Append(findings, lint::Lint(file, context.sources, catalog, *judge));
    }
  }
  return true;
}

// The upgrades of a range, as they stand on disk: each on the state that it finds.
bool LintRange(Context& context, const lint::Options& judge, const Project& project, const History& history,
               const std::string& range, std::vector<lint::Finding>& findings) {
  const ErrorOr<std::pair<Point, Point>> ends = ResolveEnds(history, range, "base");
  if (!ends) return context.Fail(ends.error());
  const auto [from, to] = *ends;
  // A revision by itself is a range of one.
  const bool alone = range.find(':') == std::string::npos && to;
  const ErrorOr<RevisionPath> path = alone ? RevisionPath{*to} : history.Path(from, to);
  if (!path) return context.Fail(path.error());
  const ErrorOr<RevisionPath> line = history.Path(std::nullopt, to);
  if (!line) return context.Fail(line.error());
  const std::set<std::size_t> chosen(path->begin(), path->end());
  return Replay(history, *line, context.sources, context.sink, context.analysis,
                [&](std::size_t index, const schema::Catalog& before, const RevisionEffect&) {
                  if (!chosen.contains(index)) return true;
                  const std::optional<SourceId> script =
                      context.Load(project.MigrationFile(history.revisions()[index].id, kUpSuffix));
                  if (!script) return false;
                  schema::Catalog state = before;  // It is what the script makes of it in the end.
                  Append(findings, lint::Lint(*script, context.sources, state, judge));
                  return true;
                });
}

bool LintRevisions(Context& context, const LintOptions& options, std::vector<lint::Finding>& findings) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return false;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return false;
  std::optional<lint::Options> judge = JudgeOptions(context, options, *project);
  if (!judge) return false;
  judge->knows_base = true;
  const std::vector<std::string> head{"head"};
  for (const std::string& range : options.targets.empty() ? head : options.targets) {
    if (!LintRange(context, *judge, *project, *history, range, findings)) return false;
  }
  return true;
}

bool CheckRuleNames(Context& context, const LintOptions& options) {
  const std::vector<std::string> names = lint::RuleNames();
  std::vector<std::string> given = options.disabled;
  given.insert(given.end(), options.enabled.begin(), options.enabled.end());
  if (!options.explain.empty()) given.push_back(options.explain);
  for (const std::string& name : given) {
    if (lint::FindRule(name) != nullptr) continue;
    const std::string nearest = Nearest(name, names);
    return context.Fail(DiagnosticKind::Usage, fmt::format("no rule \"{}\"", name),
                        nearest.empty() ? "\"schemac lint --rules\" lists them"
                                        : fmt::format("did you mean \"{}\"?", nearest));
  }
  return true;
}

void Print(Context& context, const std::vector<lint::Finding>& findings, const std::string& format) {
  if (format == "json") {
    context.out << lint::JsonText(findings, context.sources);
  } else if (format == "sarif") {
    context.out << lint::SarifText(findings, context.sources, SCHEMAC_VERSION);
  } else if (format == "github") {
    context.out << lint::GithubText(findings, context.sources);
  } else {
    lint::PrintText(findings, context.sources, context.out);
    if (findings.empty()) context.out << "nothing found\n";
  }
}

bool Fails(const std::vector<lint::Finding>& findings, const std::string& fail_on) {
  return std::any_of(findings.begin(), findings.end(), [&](const lint::Finding& finding) {
    if (fail_on == "never") return false;
    if (fail_on == "note") return true;
    return finding.severity == lint::Severity::Error ||
           (fail_on == "warning" && finding.severity == lint::Severity::Warning);
  });
}

void RunLint(Context& context, const LintOptions& options) {
  if (!CheckRuleNames(context, options)) return;
  if (options.rules || !options.explain.empty()) {
    context.out << (options.rules ? lint::RuleList() : lint::Explanation(*lint::FindRule(options.explain)));
    return;
  }
  const bool files =
      std::any_of(options.targets.begin(), options.targets.end(), [&](const std::string& target) {
        return target == "-" || target.ends_with(kSqlSuffix) || target.find('/') != std::string::npos ||
               context.files.KindOf(target) != Files::Kind::Missing;
      });
  std::vector<lint::Finding> findings;
  if (!(files ? LintFiles(context, options, findings) : LintRevisions(context, options, findings))) return;
  Print(context, findings, options.format);
  if (Fails(findings, options.fail_on)) context.exit_code = kExitDifferent;
}

}  // namespace

void AddLint(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("lint", "Hazards of SQL: locks, rewrites, losses, with the safe way");
  auto options = std::make_shared<LintOptions>();
  command->add_option(
      "targets", options->targets,
      "SQL files and folders, - for standard input; or revisions and ranges A:B (default: head)");
  command->add_option("--from", options->from, "What is there before the files, as in diff --from");
  AddLayout(*command, options->layout);
  command->add_option("--format", options->format, "text, json, sarif or github")
      ->check(CLI::IsMember({"text", "json", "sarif", "github"}));
  command
      ->add_option("--fail-on", options->fail_on,
                   "Exit with 2 on findings from this severity on (default: warning)")
      ->check(CLI::IsMember({"note", "warning", "error", "never"}));
  AddRepeated(*command, "--disable", options->disabled, "A rule to leave out");
  AddRepeated(*command, "--enable", options->enabled, "A rule that is off by default");
  AddRepeated(*command, "--tenant-column", options->tenant_columns,
              "A column that tells whose a row is (default: tenant_id and client_id, or those of [tenants])");
  command
      ->add_option("--postgres-version", options->postgres_version,
                   "The oldest server that the files are for")
      ->check(CLI::Range(12, kNewestPostgres));
  command->add_flag("--in-transaction", options->in_transaction,
                    "The tool that runs the files wraps each in a transaction");
  command->add_option("--explain", options->explain, "Tell what a rule is about, with examples");
  command->add_flag("--rules", options->rules, "List the rules");
  command->callback(
      [&action, options] { action = [options](Context& context) { RunLint(context, *options); }; });
}

}  // namespace schemac
