#include <memory>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/layout_files.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/profile_text.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/released.h"
#include "compiler/driver/scripts.h"
#include "compiler/sql/checksum.h"

namespace schemac {
namespace {

struct CompileOptions {
  std::vector<std::string> names;
  bool force = false;
  std::optional<bool> online;  // nullopt: each as its model diff says.
};

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

class Compiler {
 public:
  Compiler(Context& context, const Project& project, const Released& released, bool force)
      : context_(context), project_(project), released_(released), force_(force) {}

  // Takes up what differs from the files on disk. False, with a diagnostic, when that would undo the work of
  // somebody's hands.
  bool Add(const std::string& id, const Compiled& compiled) {
    const bool up = AddScript(id, compiled, false);
    return AddScript(id, compiled, true) && up;
  }
  [[nodiscard]] const Files::Texts& texts() const { return texts_; }

 private:
  bool AddScript(const std::string& id, const Compiled& compiled, bool down) {
    const std::string path = project_.MigrationFile(id, down ? kDownSuffix : kUpSuffix);
    const std::string& text = (down ? compiled.migration.down : compiled.migration.up).text;
    if (released_.Has(id)) return AddReleased(id, path, text, down);
    if (context_.files.KindOf(path) != Files::Kind::Missing) {
      const ErrorOr<std::string> found = context_.files.Read(path);
      if (!found) return context_.Fail(found.error());
      if (*found == text) return true;
      const bool is_ours = IsAsCompiled(*found) || sql::ChecksumOf(*found) == sql::ChecksumOf(text);
      if (!is_ours && !force_) return Keep(path, ReadScript(context_, project_, id, compiled, down).fault);
    }
    texts_.emplace_back(path, text);
    return true;
  }

  // A released script stays as it is, and comes back as it was.
  bool AddReleased(const std::string& id, const std::string& path, const std::string& text, bool down) {
    const ReleasedRevision& released = released_.Get(id);
    const std::string& wanted = down ? released.down : released.up;
    if (context_.files.KindOf(path) == Files::Kind::Missing) {
      if (sql::ChecksumOf(text) != wanted) {
        return context_.Fail(
            DiagnosticKind::History,
            fmt::format("{} is missing, and its model diff does not compile to what was released", path),
            "restore it from where it was released");
      }
      texts_.emplace_back(path, text);
      return true;
    }
    const ErrorOr<std::string> found = context_.files.Read(path);
    if (!found) return context_.Fail(found.error());
    if (sql::ChecksumOf(*found) == wanted) return true;
    return context_.Fail(DiagnosticKind::History, fmt::format("{} is released, and was changed since", path),
                         "restore it; what is to change goes into a new revision");
  }

  bool Keep(const std::string& path, const std::string& fault) {
    if (fault.empty()) {
      context_.Say(fmt::format("kept {}: somebody edited it, and it does what its model diff says", path));
      return true;
    }
    return context_.Fail(
        DiagnosticKind::History,
        fmt::format("{} was edited after it was compiled, or is not schemac's; {}", path, fault),
        "--force writes it anew; what was edited is lost");
  }

  Context& context_;
  const Project& project_;
  const Released& released_;
  bool force_;
  Files::Texts texts_;
};

// Gives the named revisions the profile; the model diffs that change because of it. nullopt, with
// diagnostics, when one of them is released.
std::optional<Files::Texts> SetProfile(Context& context, const Project& project, const Released& released,
                                       const std::set<std::size_t>& chosen, bool online, History& history) {
  Files::Texts texts;
  for (const std::size_t index : chosen) {
    const Revision& revision = history.revisions()[index];
    if (revision.online == online) continue;
    if (released.Has(revision.id)) {
      context.Fail(DiagnosticKind::History,
                   fmt::format("{} is released: its profile stays as it is", revision.id));
      return std::nullopt;
    }
    texts.emplace_back(
        project.MigrationFile(revision.id, kRevisionSuffix),
        WithProfile(context.sources.Get(revision.file.source).text, *revision.file.revision, online));
    history.SetOnline(index, online);
  }
  return texts;
}

void Compile(Context& context, const CompileOptions& options) {
  const std::vector<std::string>& names = options.names;
  if (options.online && names.empty()) {
    context.Fail(DiagnosticKind::Usage, "--online and --no-online are for revisions that are named",
                 "schemac compile --online REVISION");
    return;
  }
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  std::optional<std::set<std::size_t>> chosen = Choose(context, *history, names);
  if (!chosen) return;
  const std::optional<Released> released = Released::Load(context, *project);
  if (!released) return;
  Files::Texts profiles;
  if (options.online) {
    std::optional<Files::Texts> changed =
        SetProfile(context, *project, *released, *chosen, *options.online, *history);
    if (!changed) return;
    profiles = *std::move(changed);
  }
  Compiler compiler(context, *project, *released, options.force);
  for (const std::size_t head : history->Heads()) {
    const bool compiled = CompileUpTo(
        context, *project, *history, head, [&](std::size_t index) { return chosen->contains(index); },
        [&](const Compiled& one) {
          chosen->erase(one.revision);  // Heads may share ancestors.
          if (!Prove(context, one.before, one.after, one.migration)) return false;
          return compiler.Add(history->revisions()[one.revision].id, one);
        });
    if (!compiled) return;
  }
  Files::Texts written = std::move(profiles);
  written.insert(written.end(), compiler.texts().begin(), compiler.texts().end());
  Files::Texts texts = written;
  if (const auto head = HeadText(context, *project, *history)) texts.push_back(*head);
  if (const ErrorOr<std::monostate> done = context.files.WriteAll(texts); !done) {
    context.Fail(done.error());
    return;
  }
  for (const auto& [path, text] : written) context.out << "wrote " << path << "\n";
  if (!KeepLayout(context, *project)) return;
  if (written.empty()) context.Say("nothing to do: all SQL is what its model diffs compile to");
}

}  // namespace

void AddCompile(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("compile", "Write the SQL of revisions anew from their model diffs");
  auto options = std::make_shared<CompileOptions>();
  command->add_option("revisions", options->names, "The revisions (default: all)");
  command->add_flag("--force", options->force, "Write over SQL that was edited by hand");
  command->add_flag_callback(
      "--online", [options] { options->online = true; }, "Give the revisions the profile for tables in use");
  command->add_flag_callback(
      "--no-online", [options] { options->online = false; }, "Take it away");
  command->callback(
      [&action, options] { action = [options](Context& context) { Compile(context, *options); }; });
}

}  // namespace schemac
