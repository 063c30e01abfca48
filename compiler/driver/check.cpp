#include <algorithm>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/branch.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/layout_files.h"
#include "compiler/driver/live_intent.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/options.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/released.h"
#include "compiler/driver/scripts.h"
#include "compiler/driver/words.h"
#include "compiler/sql/checksum.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

// From each of the sides that a merge brings together, the scripts of the others lead to what it makes.
bool ProveMerge(Context& context, const Project& project, const History& history, std::size_t revision) {
  const std::vector<std::size_t>& parents = history.ParentsOf(revision);
  return parents.size() < 2 || std::ranges::all_of(parents, [&](std::size_t parent) {
           return ProveRange(context, project, history, parent, revision, false);
         });
}

// Compiles and proves every revision; notes those whose files say something else. The state at the end, or
// nullopt after an error.
std::optional<schema::Catalog> CheckRevisions(Context& context, const Project& project,
                                              const History& history, const Released& released,
                                              std::optional<std::size_t> head,
                                              std::vector<std::string>& findings) {
  schema::Catalog last = schema::Catalog::Empty();
  const bool compiled = CompileUpTo(
      context, project, history, head, [](std::size_t) { return true; },
      [&](const Compiled& one) {
        if (!Prove(context, one.before, one.after, one.migration)) return false;
        if (!ProveMerge(context, project, history, one.revision)) return false;
        const std::string& id = history.revisions()[one.revision].id;
        for (const bool down : {false, true}) {
          ScriptOnDisk script = ReadScript(context, project, id, one, down);
          if (script.fault.empty() && released.Has(id)) {
            const ReleasedRevision& then = released.Get(id);
            if (sql::ChecksumOf(script.text) != (down ? then.down : then.up))
              script.fault = fmt::format("the {} of {} is released, and was changed since",
                                         down ? "downgrade" : "upgrade", id);
          }
          if (!script.fault.empty()) findings.push_back(std::move(script.fault));
        }
        if (one.revision == head) last = one.after;
        return true;
      });
  if (!compiled) return std::nullopt;
  return last;
}

void CompareWithModel(Context& context, const schema::Catalog& state, const Model& model,
                      std::vector<std::string>& findings) {
  const ErrorOr<schema::Diff> diff =
      schema::Compare(state, model.catalog, LiveIntent(model.intent, state, model.catalog));
  if (!diff) {
    context.Fail(diff.error());
    return;
  }
  for (const ChangeWords& words : Summary(*diff)) {
    findings.push_back(fmt::format("the model is ahead of the revisions: {}", Sentence(words)));
  }
}

void Report(Context& context, const std::vector<std::string>& findings, std::size_t revisions, bool json) {
  if (json) {
    const nlohmann::ordered_json report{
        {"schema_version", 1}, {"revisions", revisions}, {"findings", findings}};
    context.out << report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  } else {
    for (const std::string& finding : findings) context.out << finding << "\n";
    if (findings.empty())
      context.out << fmt::format("all is well: {} {}, proved up and down\n", revisions,
                                 revisions == 1 ? "revision" : "revisions");
  }
  if (!findings.empty()) context.exit_code = kExitDifferent;
}

void CheckProject(Context& context, bool json) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<Model> model = LoadModel(context, *project);
  const std::optional<History> history = LoadHistory(context, *project);
  const std::optional<Released> released = Released::Load(context, *project);
  if (!model || !history || !released) return;
  const ErrorOr<std::optional<std::size_t>> head = history->Head();
  if (!head) {
    context.Fail(head.error());
    return;
  }
  std::vector<std::string> findings;
  const std::optional<schema::Catalog> state =
      CheckRevisions(context, *project, *history, *released, *head, findings);
  if (!state) return;
  CheckLayout(context, *project, *history, findings);
  if (const auto head_file = HeadText(context, *project, *history)) {
    findings.push_back(fmt::format("{} does not name the head, {}: \"schemac compile\" sets it right",
                                   head_file->first, history->revisions()[**head].id));
  }
  CompareWithModel(context, *state, *model, findings);
  if (!context.sink.HasErrors()) Report(context, findings, history->revisions().size(), json);
}

}  // namespace

void AddCheck(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("check", "Prove the project: sources, history, SQL, model");
  auto format = std::make_shared<std::string>();
  AddFormat(*command, *format);
  command->callback([&action, format] {
    action = [format](Context& context) { CheckProject(context, *format == "json"); };
  });
}

}  // namespace schemac
