#include <memory>

#include <CLI/CLI.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/slug.h"
#include "compiler/history/replay.h"

namespace schemac {
namespace {

void MakeEmpty(Context& context, const std::string& id, const std::string& message) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  const ErrorOr<std::optional<std::size_t>> head = history->Head();
  if (!head) {
    context.Fail(head.error());
    return;
  }
  const std::optional<schema::Catalog> state =
      StateAt(*history, *head, context.sources, context.sink, context.analysis);
  if (!state) return;
  const RevisionRequest request{id, message, Slugify(message), {}};
  const std::optional<NewRevision> revision =
      MakeRevision(context, *project, *history, Only(*head), request, {}, *state, *state);
  if (!revision || !WriteRevision(context, *revision)) return;
  for (const auto& [path, text] : revision->files) context.out << "wrote " << path << "\n";
  context.Say("write the changes into the model diff, then run \"schemac compile\"");
}

}  // namespace

void AddRevision(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("revision", "Write an empty revision, for changes of data");
  auto message = std::make_shared<std::string>();
  auto id = std::make_shared<std::string>();
  command->add_option("-m,--message", *message, "What the revision does, in a few words")->required();
  command->add_option("--id", *id, "The revision's id (default: the next number and the message)");
  command->callback([&action, id, message] {
    action = [id, message](Context& context) { MakeEmpty(context, *id, *message); };
  });
}

}  // namespace schemac
