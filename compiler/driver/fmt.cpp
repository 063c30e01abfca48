#include <iterator>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/project.h"
#include "compiler/format/format.h"

namespace schemac {
namespace {

// The files to format: those that were named (folders are searched), or all of the project.
std::optional<std::vector<std::string>> FilesToFormat(Context& context,
                                                      const std::vector<std::string>& named) {
  std::vector<std::string> paths;
  std::vector<std::string> folders = named;
  if (named.empty()) {
    const std::optional<Project> project = OpenProject(context);
    if (!project) return std::nullopt;
    const std::optional<std::vector<Found>> model = ModelFiles(context, *project);
    if (!model) return std::nullopt;
    for (const Found& found : *model) {
      for (const auto& [path, text] : found.files) {
        if (path.ends_with(kModelSuffix)) paths.push_back(path);
      }
    }
    if (AreSql(*model)) context.Say("the model is SQL and stays as it is; only model diffs have a layout");
    const std::string migrations = project->PathOf(project->config.migrations);
    if (context.files.KindOf(migrations) != Files::Kind::Missing) folders.push_back(migrations);
  }
  for (const std::string& folder : folders) {
    if (folder.ends_with(kSqlSuffix) && context.files.KindOf(folder) == Files::Kind::File) {
      context.Fail(DiagnosticKind::Usage,
                   fmt::format("{} is SQL: only models and model diffs have a layout", folder),
                   "leave it as it is; \"schemac import\" makes a model of it");
      return std::nullopt;
    }
    const std::optional<std::vector<std::string>> found = FindFiles(context, folder, "");
    if (!found) return std::nullopt;
    for (const std::string& path : *found) {
      if (path == folder || path.ends_with(kModelSuffix) || path.ends_with(kRevisionSuffix))
        paths.push_back(path);
    }
  }
  return paths;
}

void FormatStandardInput(Context& context) {
  std::string text(std::istreambuf_iterator<char>(context.environment.in), {});
  const SourceId source = context.sources.Add("<stdin>", std::move(text));
  if (const std::optional<std::string> formatted = Format(source, context.sources, context.sink))
    context.out << *formatted;
}

void FormatFiles(Context& context, const std::vector<std::string>& named, bool check) {
  if (named == std::vector<std::string>{"-"}) {
    FormatStandardInput(context);
    return;
  }
  const std::optional<std::vector<std::string>> paths = FilesToFormat(context, named);
  if (!paths) return;
  Files::Texts changed;
  for (const std::string& path : *paths) {
    const std::optional<SourceId> source = context.Load(path);
    if (!source) continue;
    std::optional<std::string> formatted = Format(*source, context.sources, context.sink);
    if (formatted && *formatted != context.sources.Get(*source).text)
      changed.emplace_back(path, *std::move(formatted));
  }
  // Files with errors stay as they are, and so do all others of the run.
  if (context.sink.HasErrors()) return;
  for (const auto& [path, text] : changed) context.out << path << "\n";
  if (check) {
    if (!changed.empty()) context.exit_code = kExitDifferent;
    return;
  }
  if (const ErrorOr<std::monostate> written = context.files.WriteAll(changed); !written)
    context.Fail(written.error());
}

}  // namespace

void AddFmt(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("fmt", "Put models and model diffs into their canonical layout");
  auto named = std::make_shared<std::vector<std::string>>();
  auto check = std::make_shared<bool>(false);
  command->add_option("files", *named, "Files and folders, or - (default: the whole project)");
  command->add_flag("--check", *check, "Only list the files that would change; exit with 2 if there are any");
  command->callback([&action, named, check] {
    action = [named, check](Context& context) { FormatFiles(context, *named, *check); };
  });
}

}  // namespace schemac
