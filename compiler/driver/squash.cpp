// `squash`: the first revisions of a history as one, which makes what they led to.
#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/branch.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/options.h"
#include "compiler/driver/released.h"
#include "compiler/driver/scripts.h"
#include "compiler/history/places.h"
#include "compiler/sql/checksum.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

struct SquashOptions {
  std::string revision;
  std::string message;
  std::vector<std::string> accepted;
};

bool Accepts(const SquashOptions& options, const char* word) {
  return std::ranges::find(options.accepted, word) != options.accepted.end();
}

// What else builds on one of the revisions would lose the ground under it.
bool NothingBuildsOnTheMiddle(Context& context, const History& history, const RevisionPath& path) {
  const std::set<std::size_t> gone(path.begin(), path.end());
  bool sound = true;
  for (const std::size_t index : path) {
    if (index == path.back()) continue;
    for (const std::size_t child : history.ChildrenOf(index)) {
      if (gone.contains(child)) continue;
      const Revision& other = history.revisions()[child];
      context.sink.Report(Diagnostic(DiagnosticKind::History, other.file.revision->id.span,
                                     fmt::format("\"{}\" builds on \"{}\", which would go", other.id,
                                                 history.revisions()[index].id))
                              .Fix("merge it first, or squash up to where it branches off"));
      sound = false;
    }
  }
  return sound;
}

// Statements on rows cannot be told from a state: they would be lost.
bool NoRowsAreLost(Context& context, const History& history, const std::vector<BranchRevision>& all,
                   const SquashOptions& options) {
  if (Accepts(options, "rows")) return true;
  bool sound = true;
  for (const BranchRevision& one : all) {
    for (const schema::Change& change : one.migration.diff.changes) {
      const auto* data = std::get_if<schema::ChangeData>(&change);
      if (data == nullptr) continue;
      const auto& references = data->step.references;
      const Span place =
          PlaceOfRows(history.revisions()[one.revision].file, data->step.title,
                      references.empty() ? schema::QualifiedName{} : references.front().qualified());
      context.sink.Report(Diagnostic(DiagnosticKind::DataLoss, place,
                                     "these statements on rows would not run in new databases")
                              .Fix("--accept rows when no new database needs them; rows that the schema "
                                   "needs belong into a seed"));
      sound = false;
    }
  }
  return sound;
}

bool ReleasedMayGo(Context& context, const History& history, const RevisionPath& path,
                   const Released& released, const SquashOptions& options) {
  if (Accepts(options, "released")) return true;
  std::vector<std::string> names;
  for (const std::size_t index : path) {
    if (released.Has(history.revisions()[index].id)) names.push_back(history.revisions()[index].id);
  }
  if (names.empty()) return true;
  return context.Fail(
      DiagnosticKind::History, fmt::format("released already: {}", fmt::join(names, ", ")),
      fmt::format("--accept released when every database has come to {} or begins there", names.back()));
}

std::optional<NewRevision> Baseline(Context& context, const Project& project, const History& history,
                                    const schema::Catalog& state, const std::string& id,
                                    const std::string& message) {
  const schema::Catalog empty = schema::Catalog::Empty();
  const ErrorOr<schema::Diff> diff = schema::Compare(empty, state, {});
  if (!diff) {
    context.Fail(diff.error());
    return std::nullopt;
  }
  return MakeRevision(context, project, history, {}, {id, message, "", {}}, *diff, empty, state);
}

// The files of the revisions before the last one, whose files are written over.
std::vector<std::string> FilesOf(const Context& context, const Project& project,
                                 const std::vector<BranchRevision>& all) {
  std::vector<std::string> paths;
  for (const BranchRevision& one : all) {
    if (&one == &all.back()) continue;
    for (const char* suffix : {kRevisionSuffix, kUpSuffix, kDownSuffix}) {
      std::string path = project.MigrationFile(one.id, suffix);
      if (context.files.KindOf(path) == Files::Kind::File) paths.push_back(std::move(path));
    }
  }
  return paths;
}

bool Replace(Context& context, const Project& project, const History& history, Released released,
             const std::vector<BranchRevision>& all, const NewRevision& baseline) {
  Files::Texts texts = baseline.files;
  const bool was_released = released.Has(baseline.id);
  const bool any = std::ranges::any_of(all, [&](const BranchRevision& one) { return released.Has(one.id); });
  for (const BranchRevision& one : all) released.Remove(one.id);
  if (was_released) {
    released.Add(baseline.id, {sql::ChecksumOf(texts[0].second), sql::ChecksumOf(texts[1].second),
                               sql::ChecksumOf(texts[2].second), Span{}});
  }
  if (any) texts.emplace_back(project.MigrationFile(kReleasedFile, ""), released.Text(history));
  if (const auto written = context.files.WriteAll(texts); !written) return context.Fail(written.error());
  const std::vector<std::string> gone = FilesOf(context, project, all);
  if (const auto removed = context.files.Remove(gone); !removed) return context.Fail(removed.error());
  for (const auto& [path, text] : baseline.files) context.out << "wrote " << path << "\n";
  for (const std::string& path : gone) context.out << "removed " << path << "\n";
  return true;
}

void Squash(Context& context, const SquashOptions& options) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  std::optional<Released> released = Released::Load(context, *project);
  if (!history || !released) return;
  const ErrorOr<std::optional<std::size_t>> point = history->Resolve(options.revision);
  if (!point) {
    context.Fail(point.error());
    return;
  }
  const RevisionPath path = *history->Path(std::nullopt, *point);
  if (path.size() < 2) {
    context.Say("nothing to do: there is no more than one revision to squash");
    return;
  }
  const auto all = ReadBranch(context, *project, *history, path, *point);
  if (!all || !NothingBuildsOnTheMiddle(context, *history, path) ||
      !NoRowsAreLost(context, *history, *all, options) ||
      !ReleasedMayGo(context, *history, path, *released, options)) {
    return;
  }
  const std::string message = options.message.empty() ? "The schema so far" : options.message;
  const std::optional<NewRevision> baseline =
      Baseline(context, *project, *history, all->back().after, all->back().id, message);
  if (!baseline || !Replace(context, *project, *history, *std::move(released), *all, *baseline)) return;
  context.Say(fmt::format("databases at {} stay where they are; those before it can no longer come there",
                          baseline->id));
}

}  // namespace

void AddSquash(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("squash", "Make the first revisions, up to one of them, into one");
  auto options = std::make_shared<SquashOptions>();
  command->add_option("revision", options->revision, "The last one that goes in; the result has its id")
      ->required();
  command->add_option("-m,--message", options->message, "What the result is, in a few words");
  AddRepeated(*command, "--accept", options->accepted,
              "rows, released: statements on rows are lost; released revisions go")
      ->delimiter(',')
      ->check(CLI::IsMember({"rows", "released"}));
  command->callback(
      [&action, options] { action = [options](Context& context) { Squash(context, *options); }; });
}

}  // namespace schemac
