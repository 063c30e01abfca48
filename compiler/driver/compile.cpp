#include <memory>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/layout_files.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/released.h"
#include "compiler/driver/scripts.h"
#include "compiler/sql/checksum.h"

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

void Compile(Context& context, const std::vector<std::string>& names, bool force) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  std::optional<std::set<std::size_t>> chosen = Choose(context, *history, names);
  if (!chosen) return;
  const std::optional<Released> released = Released::Load(context, *project);
  if (!released) return;
  Compiler compiler(context, *project, *released, force);
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
  Files::Texts texts = compiler.texts();
  if (const auto head = HeadText(context, *project, *history)) texts.push_back(*head);
  if (const ErrorOr<std::monostate> written = context.files.WriteAll(texts); !written) {
    context.Fail(written.error());
    return;
  }
  for (const auto& [path, text] : compiler.texts()) context.out << "wrote " << path << "\n";
  if (!KeepLayout(context, *project)) return;
  if (compiler.texts().empty()) context.Say("nothing to do: all SQL is what its model diffs compile to");
}

}  // namespace

void AddCompile(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("compile", "Write the SQL of revisions anew from their model diffs");
  auto names = std::make_shared<std::vector<std::string>>();
  auto force = std::make_shared<bool>(false);
  command->add_option("revisions", *names, "The revisions (default: all)");
  command->add_flag("--force", *force, "Write over SQL that was edited by hand");
  command->callback([&action, names, force] {
    action = [names, force](Context& context) { Compile(context, *names, *force); };
  });
}

}  // namespace schemac
