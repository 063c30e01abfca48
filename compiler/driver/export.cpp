// `export`: the history as files for the runner of another tool.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/layout_files.h"
#include "emitters/layouts/layout.h"

namespace schemac {
namespace {

struct ExportOptions {
  std::string layout;
  std::string folder;
  bool force = false;
};

void Export(Context& context, const ExportOptions& options) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  std::optional<LayoutTarget> target = LayoutOf(*project);
  if (!options.layout.empty())
    target =
        LayoutTarget{options.layout, project->PathOf(std::string(emitters::LayoutFolder(options.layout)))};
  if (!target) {
    context.Fail(DiagnosticKind::Usage, "for which tool?",
                 "--layout flyway, or layout = \"flyway\" in schemac.toml");
    return;
  }
  if (!options.folder.empty()) target->folder = options.folder;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  const std::optional<Files::Texts> texts = LayoutTexts(context, *project, *history, *target);
  if (!texts) return;
  if (texts->empty()) {
    context.Say("nothing to do: there is no revision");
    return;
  }
  WriteLayout(context, *texts, options.force);
}

}  // namespace

void AddExport(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("export", "Write the history as files for the runner of another tool");
  auto options = std::make_shared<ExportOptions>();
  AddWrittenLayout(*command, options->layout, "The tool");
  command->add_option("--out", options->folder, "The folder (default: where the tool looks)");
  command->add_flag("--force", options->force, "Write over files that were edited by hand");
  command->callback(
      [&action, options] { action = [options](Context& context) { Export(context, *options); }; });
}

}  // namespace schemac
