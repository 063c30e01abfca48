#include "compiler/driver/released.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "compiler/sql/checksum.h"

namespace schemac {
namespace {

constexpr std::string_view kHeader =
    "-- Revisions that may have run on databases of others: schemac refuses to change them. Written by "
    "\"schemac\n"
    "-- release\"; each line names a revision and the checksums of its model diff, upgrade and downgrade.\n";

}  // namespace

std::optional<Released> Released::Load(Context& context, const Project& project) {
  Released released;
  const std::string path = project.MigrationFile(kReleasedFile, "");
  if (context.files.KindOf(path) == Files::Kind::Missing) return released;
  const std::optional<SourceId> source = context.Load(path);
  if (!source) return std::nullopt;
  const std::string& text = context.sources.Get(*source).text;
  bool sound = true;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::istringstream words(text.substr(begin, end - begin));
    const Span place{*source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    begin = end + 1;
    ReleasedRevision revision;
    std::string id;
    std::string rest;
    if (!(words >> id) || id.starts_with("--")) continue;
    if (!(words >> revision.model_diff >> revision.up >> revision.down) || words >> rest) {
      context.sink.Report(Diagnostic(DiagnosticKind::History, place,
                                     "a revision and three checksums should stand in this line")
                              .Fix("\"schemac release\" writes them"));
      sound = false;
      continue;
    }
    revision.place = place;
    released.Add(id, std::move(revision));
  }
  if (!sound) return std::nullopt;
  return released;
}

bool Released::Check(Context& context, const History& history) const {
  bool sound = true;
  for (const auto& [id, released] : revisions_) {
    const auto& all = history.revisions();
    const auto found =
        std::find_if(all.begin(), all.end(), [&, &id = id](const Revision& one) { return one.id == id; });
    if (found == all.end()) {
      context.sink.Report(Diagnostic(DiagnosticKind::History, released.place,
                                     fmt::format("revision \"{}\" is released, and it is not there", id))
                              .Fix("bring its files back"));
      sound = false;
    } else if (sql::ChecksumOf(context.sources.Get(found->file.source).text) != released.model_diff) {
      context.sink.Report(Diagnostic(DiagnosticKind::History, found->file.revision->id.span,
                                     fmt::format("revision \"{}\" is released, and was changed since", id))
                              .Fix("restore it; what is to change goes into a new revision")
                              .AddNote(released.place, "its checksum is here"));
      sound = false;
    }
  }
  return sound;
}

std::string Released::Text(const History& history) const {
  std::string text(kHeader);
  for (const Revision& revision : history.revisions()) {
    const auto found = revisions_.find(revision.id);
    if (found == revisions_.end()) continue;
    text += fmt::format("{} {} {} {}\n", revision.id, found->second.model_diff, found->second.up,
                        found->second.down);
  }
  return text;
}

}  // namespace schemac
