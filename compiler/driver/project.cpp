#include "compiler/driver/project.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/history_files.h"
#include "compiler/parse/parse.h"

namespace schemac {
namespace {

// Folders nested deeper than this are taken for a circle of links.
constexpr int kDeepestFolder = 32;

// The configuration file's path relative to the current folder ("../schemac.toml"), or "".
std::string FindConfig(const Context& context) {
  if (!context.config_file.empty()) return context.config_file;
  const std::string current = context.files.Current();
  std::string prefix;
  for (std::size_t levels = static_cast<std::size_t>(std::count(current.begin(), current.end(), '/')) + 1;
       levels > 0; --levels) {
    const std::string path = prefix + kConfigName;
    if (context.files.KindOf(path) == Files::Kind::File) return path;
    prefix += "../";
  }
  return "";
}

bool CollectFiles(Context& context, const std::string& path, const std::string& suffix, int depth,
                  std::vector<std::string>& found) {
  if (depth > kDeepestFolder) {
    return context.Fail(DiagnosticKind::InputOutput, fmt::format("folders nest too deeply at \"{}\"", path));
  }
  const ErrorOr<std::vector<std::string>> names = context.files.List(path);
  if (!names) return context.Fail(names.error());
  for (const std::string& name : *names) {
    if (name.starts_with('.')) continue;
    const std::string inner = JoinPath(path, name);
    if (context.files.KindOf(inner) == Files::Kind::Folder) {
      if (!CollectFiles(context, inner, suffix, depth + 1, found)) return false;
    } else if (name.ends_with(suffix)) {
      found.push_back(inner);
    }
  }
  return true;
}

using Trees = std::vector<ast::File>;

void RefuseRevisions(const Trees& trees, DiagnosticSink& sink) {
  for (const ast::File& file : trees) {
    if (!file.revision) continue;
    sink.Report(Diagnostic(DiagnosticKind::InvalidDefinition, file.revision->id.span,
                           "a model diff stands among the model's files")
                    .Fix("move it to the folder of the migrations"));
  }
}

// Two models, parsed and analysed. The second shares what it can with the first, unless it is to stand
// `alone`: then all that is said of it points to its own files. nullopt after any error, and after any
// diagnostic when it shares.
std::optional<std::pair<Model, Model>> ReadPair(Context& context, const std::vector<SourceId>& first,
                                                const std::vector<SourceId>& second, bool alone,
                                                DiagnosticSink& sink) {
  Trees one = ParseModel(first, context.sources, sink);
  if (!alone && !sink.diagnostics().empty()) return std::nullopt;
  Trees other = alone ? ParseModel(second, context.sources, sink)
                      : ParseModelBeside(one, second, context.sources, sink);
  RefuseRevisions(one, sink);
  RefuseRevisions(other, sink);
  if (sink.HasErrors()) return std::nullopt;
  const auto trees = std::make_shared<const std::pair<Trees, Trees>>(std::move(one), std::move(other));
  context.environment.kept.push_back(trees);
  auto both = AnalyzeBoth(trees->first, trees->second, context.sources, sink, context.analysis);
  if (alone ? sink.HasErrors() : !sink.diagnostics().empty()) return std::nullopt;
  return both;
}

}  // namespace

bool HasProject(const Context& context) { return !FindConfig(context).empty(); }

std::optional<Project> OpenProject(Context& context) {
  const std::string path = FindConfig(context);
  if (path.empty()) {
    context.Fail(DiagnosticKind::Configuration, fmt::format("no {} here or in a folder above", kConfigName),
                 "\"schemac init\" makes a project; \"schemac diff --from A --to B\" needs none");
    return std::nullopt;
  }
  const std::optional<SourceId> source = context.Load(path);
  if (!source) return std::nullopt;
  std::optional<Config> config = ParseConfig(*source, context.sources, context.sink);
  if (!config) return std::nullopt;
  context.analysis = config->analysis;
  return Project{FolderOf(path), *std::move(config)};
}

std::optional<std::vector<std::string>> FindFiles(Context& context, const std::string& path,
                                                  const std::string& suffix) {
  switch (context.files.KindOf(path)) {
    case Files::Kind::Missing:
      context.Fail(DiagnosticKind::InputOutput, fmt::format("no file or folder \"{}\"", path));
      return std::nullopt;
    case Files::Kind::File:
      return std::vector<std::string>{path};
    case Files::Kind::Folder:
      break;
  }
  std::vector<std::string> found;
  if (!CollectFiles(context, path, suffix, 0, found)) return std::nullopt;
  std::sort(found.begin(), found.end());
  return found;
}

std::optional<Model> AnalyzeSources(const Context& context, const std::vector<SourceId>& files,
                                    DiagnosticSink& sink) {
  const std::size_t errors = sink.error_count();
  const Trees trees = ParseModel(files, context.sources, sink);
  RefuseRevisions(trees, sink);
  // A file that could not be read whole would make its objects look dropped, and names in others unknown.
  if (sink.error_count() > errors) return std::nullopt;
  Model model = Analyze(trees, context.sources, sink, context.analysis);
  if (sink.error_count() > errors) return std::nullopt;
  return model;
}

std::optional<std::pair<Model, Model>> AnalyzeBoth(Context& context, const std::vector<SourceId>& first,
                                                   const std::vector<SourceId>& second) {
  DiagnosticSink none;
  if (auto both = ReadPair(context, first, second, false, none)) return both;
  DiagnosticSink found;
  auto both = ReadPair(context, first, second, true, found);
  for (const Diagnostic& diagnostic : found.diagnostics()) context.sink.Report(diagnostic);
  return both;
}

std::optional<std::vector<Found>> ModelFiles(Context& context, const Project& project) {
  std::vector<Found> all;
  for (const std::string& entry : project.config.model) {
    std::optional<Found> found = ReadFound(context, project.PathOf(entry));
    if (!found) return std::nullopt;
    if (found->files.empty()) {
      context.Fail(DiagnosticKind::InputOutput,
                   fmt::format("neither *{} nor *{} in \"{}\"", kModelSuffix, kSqlSuffix, found->path));
      return std::nullopt;
    }
    all.push_back(*std::move(found));
  }
  return all;
}

std::optional<SchemaFiles> LoadModelFiles(Context& context, const Project& project) {
  std::optional<std::vector<Found>> found = ModelFiles(context, project);
  if (!found) return std::nullopt;
  return LoadSchema(context, *std::move(found));
}

std::optional<Model> LoadModel(Context& context, const Project& project) {
  const std::optional<SchemaFiles> files = LoadModelFiles(context, project);
  if (!files) return std::nullopt;
  return ReadSchema(context, *files, context.sink);
}

std::optional<History> LoadHistory(Context& context, const Project& project) {
  return LoadHistoryWith(context, project, {});
}

}  // namespace schemac
