#include <memory>

#include <CLI/CLI.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/diff_options.h"
#include "compiler/driver/options.h"

namespace schemac {
namespace {

// The two halves of a change of type are told apart only where two states are given.
bool CheckPhases(Context& context, const DiffOptions& options, bool between) {
  if (options.contract && (options.expand || !between)) {
    return context.Fail(DiagnosticKind::Usage, "--contract is one half of a change between two states",
                        "in a project --expand writes both revisions; else give --from and --to");
  }
  if (!options.expand && !options.contract) return true;
  if (options.online == false) {
    return context.Fail(DiagnosticKind::Usage, "--no-online does not go with --expand and --contract",
                        "leave it out");
  }
  return true;
}

}  // namespace

void AddDiff(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("diff", "Write the next revision, or compare any two states");
  auto options = std::make_shared<DiffOptions>();
  auto format = std::make_shared<std::string>();
  command->add_option("-m,--message", options->message, "What the revision does, in a few words");
  command->add_option("--id", options->id, "The revision's id (default: the next number and the message)");
  command->add_flag("--sql", options->sql_only, "Print the upgrade; write nothing");
  command->add_option("--from", options->from,
                      "Compare from: model or .sql file, folder of either, revision, git:REV[:PATH], empty, "
                      "- (default: head)");
  command->add_option("--to", options->to, "Compare to: as --from (default: the model)");
  command->add_option("--up", options->up_file, "Write the upgrade to this file");
  command->add_option("--down", options->down_file, "Write the downgrade to this file");
  command->add_flag("--exit-code", options->exit_code,
                    "Exit with 2 when something differs; write no revision");
  AddFormat(*command, *format);
  AddRepeated(*command, "--rename", options->answers.renames,
              "OLD=NEW: a table, TABLE.COLUMN, … was renamed");
  command->add_flag("--no-rename", options->answers.no_rename, "What looks renamed was dropped and added");
  AddRepeated(*command, "--backfill", options->answers.backfills,
              "TABLE.COLUMN=EXPRESSION for the rows that exist");
  AddRepeated(*command, "--allow", options->allowed, "Hazards to take: drop-table, drop-column, …, or all")
      ->delimiter(',');
  command->add_flag("--concurrently", options->concurrently, "Build new indexes outside the transaction");
  command->add_flag_callback(
      "--online", [options] { options->online = true; },
      "For tables in use: several transactions, each of which locks them for a moment (default: the "
      "project's)");
  command->add_flag_callback(
      "--no-online", [options] { options->online = false; }, "In as few as it can be");
  command->add_flag("--expand", options->expand,
                    "Types that change by way of a column beside the old one, in two revisions: expand, "
                    "contract (with --from: the first)");
  command->add_flag("--contract", options->contract, "With --from: the second of the two");
  command->callback([&action, options, format] {
    options->json = *format == "json";
    action = [options](Context& context) {
      if (!CheckAllowed(context, options->allowed)) return;
      const bool between = !options->from.empty() || !options->to.empty() || !options->up_file.empty() ||
                           !options->down_file.empty();
      if (!CheckPhases(context, *options, between)) return;
      if (between) {
        DiffStates(context, *options);
      } else {
        DiffProject(context, *options);
      }
    };
  });
}

}  // namespace schemac
