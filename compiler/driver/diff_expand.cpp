// `schemac diff --expand` in a project: a change of type as two revisions, of which the second builds on the
// first.
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/diff_options.h"
#include "compiler/driver/history_files.h"
#include "compiler/driver/layout_files.h"
#include "compiler/driver/model_text.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/project.h"
#include "compiler/driver/report.h"
#include "compiler/driver/words.h"
#include "compiler/support/quote.h"

namespace schemac {
namespace {

struct Half {
  const char* word;  // "expand", "contract".
  bool online;
  const schema::Catalog& before;
  const schema::Catalog& after;
  const schema::Intent& intent;
  std::vector<std::string> allowed;
};

std::optional<NewRevision> MakeHalf(Context& context, const DiffOptions& options, const Project& project,
                                    const History& history, std::optional<std::size_t> parent,
                                    const Change& change, const Half& half) {
  MigrationOptions safe;
  safe.allowed = {half.allowed.begin(), half.allowed.end()};
  const std::optional<Migration> migration =
      MakeMigration(half.before, half.after, half.intent, safe, context.sink);
  if (!migration) return std::nullopt;
  RevisionRequest request;
  if (!options.id.empty()) request.id = fmt::format("{}_{}", options.id, half.word);
  request.message = options.message.empty() ? "" : fmt::format("{} ({})", options.message, half.word);
  request.slug = fmt::format("{}_{}", change.slug, half.word);
  request.online = half.online;
  request.allowed = AllowedAndUsed(migration->up.plan, half.allowed);
  return MakeRevision(context, project, history, Only(parent), request, migration->diff, half.before,
                      half.after);
}

void PrintHalf(Context& context, const NewRevision& revision, const char* word, bool written) {
  context.out << word << ":\n" << TextReport(revision.migration.diff);
  if (!written) return;
  for (const auto& [path, text] : revision.files) context.out << "wrote " << path << "\n";
}

void PrintBoth(Context& context, const DiffOptions& options, const Change& change, const NewRevision& first,
               const NewRevision& second, const Expansion& expansion) {
  if (options.json) {
    context.out << JsonReport({change.from.name, first.id, first.id}, first.migration)
                << JsonReport({first.id, "model", second.id}, second.migration);
    return;
  }
  if (options.sql_only) {
    context.out << first.migration.up.text << "\n" << second.migration.up.text;
    return;
  }
  PrintHalf(context, first, "expand", !options.exit_code);
  PrintHalf(context, second, "contract", !options.exit_code);
  for (const ExpandedColumn& one : expansion.columns) {
    context.out << OneLine(fmt::format(
                       "between the two, {} ({}) stands beside {} ({}); trigger {} keeps them equal",
                       QuoteIdentifier(one.beside), FormatType(one.to), SqlName(one.column),
                       FormatType(one.from), QuoteIdentifier(one.trigger)))
                << "\n";
  }
}

}  // namespace

std::optional<Expansion> ExpandIn(Context& context, const schema::Catalog& before,
                                  const schema::Catalog& after, const schema::Intent& intent) {
  sql::InterpretOptions interpreting;
  interpreting.owner = context.analysis.owner;
  return Expand(before, after, intent, interpreting, context.sink);
}

void DiffExpanded(Context& context, const DiffOptions& options, const Project& project,
                  const History& history, std::optional<std::size_t> head, const Change& change) {
  const std::optional<Expansion> expansion =
      ExpandIn(context, change.from.catalog, change.to.catalog, change.intent);
  if (!expansion) return;
  const std::optional<NewRevision> first =
      MakeHalf(context, options, project, history, head, change,
               {"expand", true, change.from.catalog, expansion->between, expansion->expand, change.allowed});
  if (!first) return;
  const std::optional<History> longer = LoadHistoryWith(context, project, first->files);
  if (!longer) return;
  const ErrorOr<std::size_t> parent = longer->Find(first->id);
  if (!parent) {
    context.Fail(parent.error());
    return;
  }
  // As the first revision spells it, which is how it will be read from now on.
  const std::optional<schema::Catalog> between =
      StateAt(*longer, *parent, context.sources, context.sink, context.analysis);
  if (!between) return;
  const std::optional<NewRevision> second =
      MakeHalf(context, options, project, *longer, *parent, change,
               {"contract", false, *between, change.to.catalog, expansion->contract, change.allowed});
  if (!second || !IsBrief(second->migration.up.plan, *between, context.sink)) return;
  Files::Texts files = first->files;
  files.insert(files.end(), second->files.begin(), second->files.end());
  const bool writes = !options.sql_only && !options.exit_code;
  if (writes && !WriteNew(context, std::move(files), {second->head})) return;
  if (options.exit_code) context.exit_code = kExitDifferent;
  PrintBoth(context, options, change, *first, *second, *expansion);
  if (writes && !options.json) KeepLayout(context, project);
}

}  // namespace schemac
