#include "compiler/driver/run.h"

#include <algorithm>
#include <new>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/words.h"
#include "compiler/support/characters.h"

namespace schemac {
namespace {

struct GlobalOptions {
  std::string folder;
  std::string config;
  std::string color = "auto";
};

// A lone -2 is a place in the history, not an option: `downgrade -2` becomes `downgrade head-2`.
void SpellOutSteps(std::vector<std::string>& arguments) {
  for (std::string& argument : arguments) {
    const bool steps = argument.size() > 1 && argument.front() == '-' &&
                       std::all_of(argument.begin() + 1, argument.end(), IsDigit);
    if (steps) argument.insert(0, "head");
  }
}

void SetUp(CLI::App& app, GlobalOptions& options, Action& action) {
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("-C", options.folder, "Run as if started in this folder");
  app.add_option("--config", options.config, "The project's settings (default: schemac.toml here or above)");
  app.add_option("--color", options.color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.set_version_flag("--version", fmt::format("schemac {}", SCHEMAC_VERSION));
  for (const auto add :
       {AddInit,  AddDiff,     AddRevision, AddCompile,      AddUpgrade, AddDowngrade, AddHistory,
        AddHeads, AddBranches, AddShow,     AddMerge,        AddSquash,  AddRelease,   AddImport,
        AddFmt,   AddCheck,    AddExport,   AddScript,       AddTenants, AddStamp,     AddCurrent,
        AddLint,  AddVerify,   AddDrift,    AddCatalogQuery, AddErd,     AddVersion}) {
    add(app, action);
  }
}

std::vector<std::string> CommandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

// The word that stands where the subcommand should, when it is none; else "".
std::string UnknownCommand(const CLI::App& app, const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "-C" || argument == "--config" || argument == "--color") {
      ++i;  // Its value.
    } else if (!argument.starts_with('-')) {
      const std::vector<std::string> commands = CommandNames(app);
      return std::find(commands.begin(), commands.end(), argument) == commands.end() ? argument : "";
    }
  }
  return "";
}

// False when there is nothing to do: `exit_code` then says why.
bool ParseArguments(CLI::App& app, std::vector<std::string> arguments, Context& context, int& exit_code) {
  if (const std::string word = UnknownCommand(app, arguments); !word.empty()) {
    const std::string nearest = Nearest(word, CommandNames(app));
    context.Fail(DiagnosticKind::Usage, fmt::format("no command \"{}\"", OneLine(word)),
                 nearest.empty() ? "\"schemac --help\" lists the commands and options"
                                 : fmt::format("did you mean \"{}\"?", nearest));
    exit_code = kExitError;
    return false;
  }
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back.
  try {
    app.parse(std::move(arguments));
    return true;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // --help, --version.
      exit_code = app.exit(error, context.out, context.environment.err);
      return false;
    }
    const std::vector<CLI::App*> parsed = app.get_subcommands();
    context.Fail(DiagnosticKind::Usage, OneLine(error.what()),
                 parsed.empty()
                     ? "\"schemac --help\" lists the commands and options"
                     : fmt::format("\"schemac {} --help\" lists what it takes", parsed.front()->get_name()));
    exit_code = kExitError;
    return false;
  }
}

bool UseColor(const Environment& environment, const std::string& wish) {
  return wish == "always" || (wish == "auto" && environment.color_allowed);
}

void RunAction(Context& context, const GlobalOptions& options, const Action& action) {
  if (!options.folder.empty()) {
    if (const ErrorOr<std::monostate> entered = context.files.Enter(options.folder); !entered) {
      context.Fail(entered.error());
      return;
    }
  }
  context.config_file = options.config;
  try {
    action(context);
  } catch (const std::bad_alloc&) {
    context.Fail(DiagnosticKind::InputOutput, "out of memory");
  }
}

}  // namespace

int Run(std::vector<std::string> arguments, Environment& environment) {
  Context context(environment);
  CLI::App app("SQL migrations for PostgreSQL from a declarative schema, compiled and proved offline",
               "schemac");
  GlobalOptions options;
  Action action;
  SetUp(app, options, action);
  SpellOutSteps(arguments);
  int exit_code = kExitDone;
  if (ParseArguments(app, std::move(arguments), context, exit_code)) {
    RunAction(context, options, action);
    exit_code = context.exit_code;
  }
  PrintDiagnostics(context.sink, context.sources, UseColor(environment, options.color), environment.err);
  if (context.sink.HasErrors()) exit_code = kExitError;
  environment.out.flush();
  if (!environment.out) {
    environment.err << "schemac: error: cannot write to standard output [io]\n";
    return kExitError;
  }
  return exit_code;
}

}  // namespace schemac
