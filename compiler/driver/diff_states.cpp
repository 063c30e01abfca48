// `schemac diff --from A --to B`: between any two states, no project needed.
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/diff_options.h"
#include "compiler/driver/hazard_questions.h"
#include "compiler/driver/project.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/report.h"
#include "compiler/driver/words.h"
#include "schema/stored_form.h"

namespace schemac {
namespace {

// Without `--from` the head of the project, without `--to` its model.
std::optional<Reading> PrepareSide(Context& context, const std::string& argument, bool is_from) {
  if (!argument.empty()) return PrepareState(context, argument);
  const std::optional<Project> project = OpenProject(context);
  if (!project) return std::nullopt;
  return is_from ? PrepareState(context, "head") : PrepareModel(context, *project);
}

MigrationOptions OptionsBetween(const DiffOptions& options, bool online,
                                const std::vector<std::string>& allowed, const State& from, const State& to) {
  MigrationOptions result;
  result.online = online;
  result.allowed = {allowed.begin(), allowed.end()};
  result.up.title =
      OneLine(options.message.empty() ? fmt::format("from {} to {}", from.name, to.name) : options.message);
  result.down.title = OneLine(options.message.empty() ? fmt::format("from {} back to {}", to.name, from.name)
                                                      : options.message);
  if (!options.down_file.empty())
    result.up.counterpart = OneLine(fmt::format("undone by {}", NameOf(options.down_file)));
  if (!options.up_file.empty())
    result.down.counterpart = OneLine(fmt::format("undoes {}", NameOf(options.up_file)));
  return result;
}

bool WriteFiles(Context& context, const DiffOptions& options, const Migration& migration) {
  Files::Texts texts;
  if (!options.up_file.empty()) texts.emplace_back(options.up_file, migration.up.text);
  if (!options.down_file.empty()) texts.emplace_back(options.down_file, migration.down.text);
  if (texts.empty()) return true;
  const ErrorOr<std::monostate> written = context.files.WriteAll(texts);
  return written ? true : context.Fail(written.error());
}

// One of the two states gives way to the one in between. What the change loses as a whole is agreed to before
// it is halved.
bool TakeHalf(Context& context, const DiffOptions& options, std::pair<State, State>& states,
              schema::Intent& intent, const std::vector<std::string>& allowed) {
  auto& [from, to] = states;
  MigrationOptions safe;
  safe.allowed = {allowed.begin(), allowed.end()};
  if (!MakeMigration(from.catalog, to.catalog, intent, safe, context.sink)) return false;
  std::optional<Expansion> expansion = ExpandIn(context, from.catalog, to.catalog, intent);
  if (!expansion) return false;
  (options.expand ? to : from).catalog = std::move(expansion->between);
  intent = std::move(options.expand ? expansion->expand : expansion->contract);
  return true;
}

}  // namespace

void DiffStates(Context& context, const DiffOptions& options) {
  // A project around the two says who owns what they make, and whether tables are in use meanwhile.
  bool online = false;
  if (HasProject(context)) {
    const std::optional<Project> project = OpenProject(context);
    if (!project) return;
    online = project->config.scripts.online;
  }
  const std::optional<Reading> from_reading = PrepareSide(context, options.from, true);
  const std::optional<Reading> to_reading = PrepareSide(context, options.to, false);
  if (!from_reading || !to_reading) return;
  const auto* states = ReadBoth(context, *from_reading, *to_reading);
  if (states == nullptr) return;
  std::optional<schema::Intent> intent = SettleIntent(context, options, states->first, states->second);
  if (!intent) return;
  std::vector<std::string> allowed = options.allowed;
  if (!SettleHazards(context, states->first.catalog, states->second.catalog, *intent, allowed)) return;
  std::pair<State, State> own = *states;
  const bool is_half = options.expand || options.contract;
  if (is_half) {
    if (!TakeHalf(context, options, own, *intent, allowed)) return;
  } else if (!own.first.is_dump) {
    // A dump to start from is the database that it was taken from, which may keep either form.
    schema::TellStoredFormsApart(own.first.catalog, own.second.catalog);
  }
  const auto& [from, to] = own;
  const std::optional<Migration> migration = MakeMigration(
      from.catalog, to.catalog, *intent,
      OptionsBetween(options, is_half ? options.expand : options.online.value_or(online), allowed, from, to),
      context.sink);
  if (migration && options.contract && !IsBrief(migration->up.plan, from.catalog, context.sink)) return;
  if (!migration || !Prove(context, from.catalog, to.catalog, *migration)) return;
  if (!WriteFiles(context, options, *migration)) return;

  if (options.json) {
    context.out << JsonReport({from.name, to.name, ""}, *migration);
  } else if (migration->diff.empty()) {
    context.Say(OneLine(fmt::format("nothing differs between {} and {}", from.name, to.name)));
  } else if (options.up_file.empty() || options.sql_only) {
    context.out << migration->up.text;
  } else {
    context.out << TextReport(migration->diff);
  }
  if (options.exit_code && !migration->diff.empty()) context.exit_code = kExitDifferent;
}

}  // namespace schemac
