#include <memory>
#include <set>

#include <CLI/CLI.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/scripts.h"

namespace schemac {
namespace {

// The heads to replay, and which revisions to compile on the way; nullopt, with diagnostics, for an unknown
// name.
std::optional<std::set<std::size_t>> Choose(Context& context, const History& history,
                                            const std::vector<std::string>& names) {
  std::set<std::size_t> chosen;
  if (names.empty()) {
    for (std::size_t i = 0; i < history.revisions().size(); ++i) chosen.insert(i);
  }
  bool known = true;
  for (const std::string& name : names) {
    const ErrorOr<std::optional<std::size_t>> found = history.Resolve(name);
    if (!found) {
      known = context.Fail(found.error());
    } else if (*found) {
      chosen.insert(**found);
    }
  }
  if (!known) return std::nullopt;
  return chosen;
}

void Compile(Context& context, const std::vector<std::string>& names) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  std::optional<std::set<std::size_t>> chosen = Choose(context, *history, names);
  if (!chosen) return;
  Files::Texts texts;
  for (const std::size_t head : history->Heads()) {
    const bool compiled = CompileUpTo(
        context, *project, *history, head, [&](std::size_t index) { return chosen->contains(index); },
        [&](const Compiled& one) {
          chosen->erase(one.revision);  // Heads may share ancestors.
          if (!Prove(context, one.before, one.after, one.migration)) return false;
          const std::string& id = history->revisions()[one.revision].id;
          if (IsWritten(context, *project, id, one.migration)) return true;
          texts.emplace_back(project->MigrationFile(id, kUpSuffix), one.migration.up.text);
          texts.emplace_back(project->MigrationFile(id, kDownSuffix), one.migration.down.text);
          return true;
        });
    if (!compiled) return;
  }
  if (const ErrorOr<std::monostate> written = context.files.WriteAll(texts); !written) {
    context.Fail(written.error());
    return;
  }
  for (const auto& [path, text] : texts) context.out << "wrote " << path << "\n";
  if (texts.empty()) context.Say("nothing to do: all SQL is what its model diffs compile to");
}

}  // namespace

void AddCompile(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("compile", "Write the SQL of revisions anew from their model diffs");
  auto names = std::make_shared<std::vector<std::string>>();
  command->add_option("revisions", *names, "The revisions (default: all)");
  command->callback([&action, names] { action = [names](Context& context) { Compile(context, *names); }; });
}

}  // namespace schemac
