#include "compiler/driver/history_files.h"

#include <string>
#include <vector>

#include "compiler/driver/released.h"

namespace schemac {
namespace {

RevisionFile FileOf(const std::string& path, SourceId source) {
  const std::string name = NameOf(path);
  return {name.substr(0, name.size() - std::string(kRevisionSuffix).size()), source};
}

}  // namespace

std::optional<History> LoadHistoryWith(Context& context, const Project& project,
                                       const Files::Texts& unwritten) {
  const std::size_t errors = context.sink.error_count();
  std::vector<RevisionFile> files;
  const std::string folder = project.PathOf(project.config.migrations);
  if (context.files.KindOf(folder) != Files::Kind::Missing) {
    const std::optional<std::vector<std::string>> paths = FindFiles(context, folder, kRevisionSuffix);
    if (!paths) return std::nullopt;
    for (const std::string& path : *paths) {
      const std::optional<SourceId> source = context.Load(path);
      if (!source) return std::nullopt;
      files.push_back(FileOf(path, *source));
    }
  }
  for (const auto& [path, text] : unwritten) {
    if (path.ends_with(kRevisionSuffix)) files.push_back(FileOf(path, context.sources.Add(path, text)));
  }
  History history = History::Load(files, context.sources, context.sink);
  if (context.sink.error_count() > errors) return std::nullopt;
  const std::optional<Released> released = Released::Load(context, project);
  if (!released || !released->Check(context, history)) return std::nullopt;
  return history;
}

}  // namespace schemac
