#include <memory>
#include <variant>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/config.h"

namespace schemac {
namespace {

constexpr const char* kFirstConfig = R"(# Where schemac finds this project's schema, and how it writes SQL.
model      = "schema"         # Files and folders of *.schema.
migrations = "migrations"     # The revisions: *.mdiff with their SQL.

# postgres_version = 14       # The oldest server that the SQL must run on.
# owner = "postgres"          # The role that runs the scripts, and so owns what has no OWNER TO.
# lock_timeout = "5s"         # How long a statement waits for a lock; "" for ever.
# ledger_table = "schemac_revision"
)";

constexpr const char* kFirstModel = R"(--- What someone wants done.
table tasks {
  id         bigint      generated always as identity primary key;
  title      text        not null;
  done       boolean     not null default false;
  created_at timestamptz not null default now();
}
)";

void Init(Context& context, const std::string& folder) {
  const Files::Texts texts{{JoinPath(folder, kConfigName), kFirstConfig},
                           {JoinPath(folder, "schema/tasks.schema"), kFirstModel}};
  for (const auto& [path, text] : texts) {
    if (context.files.KindOf(path) != Files::Kind::Missing) {
      context.Fail(DiagnosticKind::InputOutput, fmt::format("\"{}\" exists already", path));
    }
  }
  if (context.sink.HasErrors()) return;
  if (const ErrorOr<std::monostate> written = context.files.WriteAll(texts); !written) {
    context.Fail(written.error());
    return;
  }
  const std::string migrations = JoinPath(folder, "migrations");
  if (const ErrorOr<std::monostate> made = context.files.MakeFolder(migrations); !made) {
    context.Fail(made.error());
    return;
  }
  for (const auto& [path, text] : texts) context.out << "wrote " << path << "\n";
  context.Say("edit the model, then run \"schemac diff\"");
}

}  // namespace

void AddInit(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("init", "Make a project");
  auto folder = std::make_shared<std::string>(".");
  command->add_option("folder", *folder, "Where (default: here)");
  command->callback([&action, folder] { action = [folder](Context& context) { Init(context, *folder); }; });
}

void AddVersion(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("version", "Print the version");
  command->callback(
      [&action] { action = [](Context& context) { context.out << "schemac " << SCHEMAC_VERSION << "\n"; }; });
}

}  // namespace schemac
