// `schemac diff` in a project: from the head revision to the model, written as the next revision.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/diff_options.h"
#include "compiler/driver/hazard_questions.h"
#include "compiler/driver/layout_files.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/project.h"
#include "compiler/driver/report.h"
#include "compiler/driver/slug.h"
#include "compiler/driver/words.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

void PrintNew(Context& context, const DiffOptions& options, const std::string& from,
              const NewRevision& revision) {
  if (options.json) {
    context.out << JsonReport({from, "model", revision.id}, revision.migration);
  } else if (options.sql_only) {
    context.out << revision.migration.up.text;
  } else {
    context.out << TextReport(revision.migration.diff);
    for (const auto& [path, text] : revision.files) context.out << "wrote " << path << "\n";
  }
}

}  // namespace

std::vector<std::string> AllowedAndUsed(const plan::Plan& plan, const std::vector<std::string>& allowed) {
  std::vector<std::string> used = UsedHazards(plan);
  const auto is_in = [&](const std::string& name) {
    return std::find(allowed.begin(), allowed.end(), name) != allowed.end();
  };
  if (!is_in("all")) std::erase_if(used, [&](const std::string& hazard) { return !is_in(hazard); });
  return used;
}

void DiffProject(Context& context, const DiffOptions& options) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  std::optional<History> loaded = LoadHistory(context, *project);
  const std::optional<Reading> model = PrepareModel(context, *project);
  if (!loaded || !model) return;
  const auto history = std::make_shared<const History>(*std::move(loaded));
  const ErrorOr<std::optional<std::size_t>> head = history->Head();
  if (!head) {
    context.Fail(head.error());
    return;
  }
  const auto* states = ReadBoth(context, PrepareRevision(context, history, *head), *model);
  if (states == nullptr) return;
  const auto& [from, to] = *states;
  std::optional<schema::Intent> intent = SettleIntent(context, options, from, to);
  if (!intent) return;
  std::vector<std::string> allowed = options.allowed;
  if (!SettleHazards(context, from.catalog, to.catalog, *intent, allowed)) return;

  // Planned once to learn whether it is safe, and which of the allowed hazards the model diff must name.
  MigrationOptions safe;
  safe.allowed = {allowed.begin(), allowed.end()};
  const std::optional<Migration> migration =
      MakeMigration(from.catalog, to.catalog, *intent, safe, context.sink);
  if (!migration) return;
  if (migration->diff.empty()) {
    if (options.json) context.out << JsonReport({from.name, to.name, ""}, *migration);
    context.Say(fmt::format("nothing to do: the model is what {} leads to", from.name));
    return;
  }
  const std::string slug =
      options.message.empty() ? SlugFor(migration->diff, from.catalog) : Slugify(options.message);
  if (options.expand) {
    DiffExpanded(context, options, *project, *history, *head, {from, to, *intent, allowed, slug});
    return;
  }
  RevisionRequest request;
  request.id = options.id;
  request.message = options.message;
  request.slug = slug;
  request.online = options.online;
  request.allowed = AllowedAndUsed(migration->up.plan, allowed);
  const std::optional<NewRevision> revision = MakeRevision(context, *project, *history, Only(*head), request,
                                                           migration->diff, from.catalog, to.catalog);
  if (!revision) return;
  // --exit-code asks whether there is something to do; it writes nothing.
  if (!options.sql_only && !options.exit_code && !WriteRevision(context, *revision)) return;
  if (options.exit_code) {
    context.exit_code = kExitDifferent;
    if (!options.json && !options.sql_only) {
      context.out << TextReport(migration->diff);
      return;
    }
  }
  PrintNew(context, options, from.name, *revision);
  if (!options.sql_only && !options.exit_code && !options.json) KeepLayout(context, *project);
}

}  // namespace schemac
