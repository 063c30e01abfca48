// `release`: from now on a revision, and all that it builds on, is not to be changed any more.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/released.h"
#include "compiler/driver/scripts.h"
#include "compiler/sql/checksum.h"

namespace schemac {
namespace {

// Takes up the revisions up to `last` as they stand on disk, which must be what they compile to.
bool Mark(Context& context, const Project& project, const History& history, std::size_t last,
          Released& released, std::vector<std::string>& marked) {
  return CompileUpTo(
      context, project, history, last,
      [&](std::size_t index) { return !released.Has(history.revisions()[index].id); },
      [&](const Compiled& one) {
        const Revision& revision = history.revisions()[one.revision];
        const ScriptOnDisk up = ReadScript(context, project, revision.id, one, false);
        const ScriptOnDisk down = ReadScript(context, project, revision.id, one, true);
        for (const ScriptOnDisk* script : {&up, &down}) {
          if (!script->fault.empty()) return context.Fail(DiagnosticKind::History, script->fault);
        }
        released.Add(revision.id, {sql::ChecksumOf(context.sources.Get(revision.file.source).text),
                                   sql::ChecksumOf(up.text), sql::ChecksumOf(down.text), Span{}});
        marked.push_back(revision.id);
        return true;
      });
}

void Release(Context& context, const std::string& name) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  std::optional<Released> released = Released::Load(context, *project);
  if (!history || !released) return;
  const ErrorOr<std::optional<std::size_t>> point = history->Resolve(name);
  if (!point) {
    context.Fail(point.error());
    return;
  }
  std::vector<std::string> marked;
  if (*point && !Mark(context, *project, *history, **point, *released, marked)) return;
  if (marked.empty()) {
    context.Say("nothing to do: all of that is released already");
    return;
  }
  const std::string path = project->MigrationFile(kReleasedFile, "");
  if (const auto written = context.files.WriteAll({{path, released->Text(*history)}}); !written) {
    context.Fail(written.error());
    return;
  }
  for (const std::string& id : marked) context.out << "released " << id << "\n";
}

}  // namespace

void AddRelease(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("release", "Protect a revision, and all before it, from changes");
  auto revision = std::make_shared<std::string>("head");
  command->add_option("revision", *revision, "The last revision that is released (default: head)");
  command->callback(
      [&action, revision] { action = [revision](Context& context) { Release(context, *revision); }; });
}

}  // namespace schemac
