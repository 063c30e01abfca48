// `schemac init`: a project, new or over a folder of SQL migrations that is its past.
#include <iterator>
#include <memory>
#include <utility>
#include <variant>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/config.h"
#include "compiler/driver/model_text.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/options.h"
#include "compiler/driver/schema_files.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

constexpr const char* kFirstModel = R"(--- What someone wants done.
table tasks {
  id         bigint      generated always as identity primary key;
  title      text        not null;
  done       boolean     not null default false;
  created_at timestamptz not null default now();
}
)";

constexpr const char* kFirstSql = R"(CREATE TABLE tasks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    done boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE tasks IS 'What someone wants done.';
)";

struct InitOptions {
  std::string folder = ".";
  std::string from_sql;
  std::string layout;
  bool sql = false;
};

std::string ConfigText(const std::string& model, const std::string& migrations) {
  const std::string first = fmt::format("model      = \"{}\"", model);
  const std::string second = fmt::format("migrations = \"{}\"", migrations);
  const char* what = model.ends_with(kSqlSuffix) ? "SQL; or files and folders of *.schema."
                                                 : "Files and folders of *.schema, or SQL.";
  return fmt::format(R"(# Where schemac finds this project's schema, and how it writes SQL.
{:<29} # {}
{:<29} # The revisions: *.mdiff with their SQL.

# postgres_version = 14       # The oldest server that the SQL must run on.
# owner = "postgres"          # The role that runs the scripts, and so owns what has no OWNER TO.
# lock_timeout = "5s"         # How long a statement waits for a lock; "" for ever.
# online = true               # New revisions are made for tables that are in use.
# ledger_table = "schemac_revision"
)",
                     first, what, second);
}

void SayWritten(Context& context, const Files::Texts& texts) {
  for (const auto& [path, text] : texts) context.out << "wrote " << path << "\n";
}

void InitNew(Context& context, const InitOptions& options) {
  const std::string model = options.sql ? "schema.sql" : "schema";
  const Files::Texts texts{{JoinPath(options.folder, kConfigName), ConfigText(model, "migrations")},
                           {JoinPath(options.folder, options.sql ? "schema.sql" : "schema/tasks.schema"),
                            options.sql ? kFirstSql : kFirstModel}};
  if (!WriteNew(context, texts)) return;
  const std::string migrations = JoinPath(options.folder, "migrations");
  if (const ErrorOr<std::monostate> made = context.files.MakeFolder(migrations); !made) {
    context.Fail(made.error());
    return;
  }
  SayWritten(context, texts);
  context.Say("edit the model, then run \"schemac diff\"");
}

// The first revision of a project whose past other migrations made: the whole schema, for databases that are
// yet to be made.
std::optional<NewRevision> MakeBaseline(Context& context, const Project& project,
                                        const schema::Catalog& catalog) {
  const schema::Catalog empty = schema::Catalog::Empty();
  const ErrorOr<schema::Diff> diff = schema::Compare(empty, catalog, {});
  if (!diff) {
    context.Fail(diff.error());
    return std::nullopt;
  }
  const RevisionRequest request{"", "The schema so far", "baseline", {}};
  return MakeRevision(context, project, History(), {}, request, *diff, empty, catalog);
}

void InitFromSql(Context& context, const InitOptions& options) {
  const std::optional<Found> found = ReadFound(context, options.from_sql);
  if (!found) return;
  if (!AreSql({*found})) {
    context.Fail(DiagnosticKind::Usage, fmt::format("\"{}\" holds models, not SQL", options.from_sql));
    return;
  }
  const std::optional<SchemaFiles> files = LoadSchema(context, {*found}, options.layout);
  if (!files) return;
  sql::PassedOver passed_over;
  const std::optional<Model> past = ReadSchema(context, *files, context.sink, &passed_over);
  if (!past) return;

  const std::string model = options.sql ? "schema.sql" : "schema";
  Project project;
  project.root = options.folder == "." ? "" : options.folder;
  // The past keeps its folder.
  const bool is_taken = context.files.KindOf(project.PathOf("migrations")) != Files::Kind::Missing;
  project.config.migrations = is_taken ? "revisions" : "migrations";
  Files::Texts texts{{project.PathOf(kConfigName), ConfigText(model, project.config.migrations)}};
  std::optional<Files::Texts> models = ModelTexts(context, past->catalog, project.PathOf(model));
  if (!models) return;
  std::optional<NewRevision> baseline = MakeBaseline(context, project, past->catalog);
  if (!baseline) return;
  for (Files::Texts* more : {&*models, &baseline->files})
    std::move(more->begin(), more->end(), std::back_inserter(texts));
  if (!WriteNew(context, texts, {baseline->head})) return;
  SayLayout(context, *files);
  SayPassedOver(context, passed_over);
  SayWritten(context, texts);
  context.Say(
      fmt::format("{} makes this schema in an empty database; where it stands already, mark it as "
                  "applied: \"schemac stamp {} --sql\"",
                  project.MigrationFile(baseline->id, ".up.sql"), baseline->id));
}

}  // namespace

void AddInit(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("init", "Make a project");
  auto options = std::make_shared<InitOptions>();
  command->add_option("folder", options->folder, "Where (default: here)");
  command->add_flag("--sql", options->sql, "Keep the model as plain SQL");
  auto* from = command->add_option("--from-sql", options->from_sql,
                                   "A folder of SQL migrations, or a dump, that is the project's past");
  AddLayout(*command, options->layout)->needs(from);
  command->callback([&action, options] {
    action = [options](Context& context) {
      if (options->from_sql.empty()) {
        InitNew(context, *options);
      } else {
        InitFromSql(context, *options);
      }
    };
  });
}

void AddVersion(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("version", "Print the version");
  command->callback(
      [&action] { action = [](Context& context) { context.out << "schemac " << SCHEMAC_VERSION << "\n"; }; });
}

}  // namespace schemac
