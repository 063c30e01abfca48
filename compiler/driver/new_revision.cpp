#include "compiler/driver/new_revision.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/model_text.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/words.h"
#include "compiler/parse/parse.h"
#include "compiler/support/characters.h"
#include "emitters/model/model_printer.h"

namespace schemac {
namespace {

constexpr std::size_t kLongestId = 100;

// Whether a file can have this name everywhere, and no command takes it for a point of the history or an
// option.
bool CheckId(Context& context, const std::string& id) {
  const auto is_kept = [](char byte) {
    return IsLetter(byte) || IsDigit(byte) || byte == '_' || byte == '-' || byte == '.';
  };
  const bool plain = std::all_of(id.begin(), id.end(), is_kept) && id.size() <= kLongestId;
  if (plain && id.front() != '-' && id.front() != '.' && id != "head" && id != "base" && id != "empty")
    return true;
  return context.Fail(DiagnosticKind::Usage, OneLine(fmt::format("a revision cannot be called \"{}\"", id)),
                      "letters, digits, \"_\", \"-\" and \".\", for example d6d022bcff3b");
}

// The printed model diff read back; nullopt unless it says exactly what it was printed from.
std::optional<RevisionEffect> ReadBack(Context& context, Revision& revision, const std::string& text,
                                       const std::string& path, const schema::Catalog& before,
                                       const schema::Catalog& after) {
  const std::size_t errors = context.sink.error_count();
  const SourceId source = context.sources.Add(path, text);
  revision.file = Parse(source, context.sources, context.sink);
  if (context.sink.error_count() > errors) return std::nullopt;
  RevisionEffect effect =
      AnalyzeRevision(revision.file, before, context.sources, context.sink, context.analysis);
  if (context.sink.error_count() > errors) return std::nullopt;
  const std::string difference = FirstDifference(effect.after, after);
  if (!difference.empty()) {
    context.Fail(DiagnosticKind::ProofFailed,
                 fmt::format("the model diff does not lead to the state it should; {}", difference),
                 "nothing was written; please report this with the model");
    return std::nullopt;
  }
  return effect;
}

}  // namespace

std::optional<std::pair<std::string, std::string>> HeadText(const Context& context, const Project& project,
                                                            const History& history) {
  const std::string path = project.MigrationFile(kHeadFile, "");
  const std::vector<std::size_t> heads = history.Heads();
  if (heads.size() != 1 || context.files.KindOf(path) != Files::Kind::File) return std::nullopt;
  const std::string wanted = history.revisions()[heads.front()].id + "\n";
  const ErrorOr<std::string> found = context.files.Read(path);
  if (found && *found == wanted) return std::nullopt;
  return std::pair(path, wanted);
}

std::optional<NewRevision> MakeRevision(Context& context, const Project& project, const History& history,
                                        const std::vector<std::size_t>& parents,
                                        const RevisionRequest& request, const schema::Diff& diff,
                                        const schema::Catalog& before, const schema::Catalog& after) {
  Revision revision;
  revision.id = request.id.empty() ? fmt::format("{}_{}", history.NextNumber(), request.slug) : request.id;
  if (!CheckId(context, revision.id)) return std::nullopt;
  revision.message = OneLine(request.message);
  for (const std::size_t parent : parents) revision.revises.push_back(history.revisions()[parent].id);
  // Before the first one there is nothing that could be in use.
  revision.online = request.online.value_or(project.config.scripts.online) && !parents.empty();
  const std::string text = emitters::PrintRevision(
      {revision.id, revision.revises, revision.message, revision.online}, diff, before, request.allowed);
  const std::string path = project.MigrationFile(revision.id, kRevisionSuffix);
  const std::optional<RevisionEffect> effect = ReadBack(context, revision, text, path, before, after);
  if (!effect) return std::nullopt;
  std::optional<Migration> migration =
      CompileRevision(revision, before, *effect, project.config.scripts, context.sink);
  if (!migration || !Prove(context, before, after, *migration)) return std::nullopt;

  Files::Texts files{{path, text},
                     {project.MigrationFile(revision.id, ".up.sql"), migration->up.text},
                     {project.MigrationFile(revision.id, ".down.sql"), migration->down.text}};
  return NewRevision{revision.id,
                     *std::move(migration),
                     std::move(files),
                     {project.MigrationFile(kHeadFile, ""), revision.id + "\n"}};
}

bool WriteRevision(Context& context, const NewRevision& revision) {
  return WriteNew(context, revision.files, {revision.head});
}

}  // namespace schemac
