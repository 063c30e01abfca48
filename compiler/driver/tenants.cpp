// `tenants`: a range of revisions for a database in which every tenant has a schema of its own.
#include <algorithm>
#include <memory>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/range.h"
#include "compiler/driver/tenant_names.h"
#include "compiler/driver/tenant_text.h"
#include "compiler/driver/tenant_units.h"
#include "emitters/layouts/header.h"

namespace schemac {
namespace {

constexpr std::size_t kFilesAtOnce = 256;

struct TenantsOptions {
  std::string range;  // "" for head, or for one step back.
  bool down = false;
  std::vector<std::string> names;
  std::string file;
  std::string folder;
  bool canary = false;
};

bool CheckNames(Context& context, const std::vector<std::string>& names, const schema::Catalog& head,
                const std::string& template_schema, bool as_files) {
  std::set<std::string> seen;
  for (const std::string& name : names) {
    std::string fault = TenantNameFault(name);
    if (fault.empty() && as_files && (name.find('/') != std::string::npos || name.starts_with('.')))
      fault = "cannot be the name of a file";
    if (fault.empty() && !seen.insert(name).second) fault = "stands twice in the list";
    const auto* schema = head.Get<schema::Schema>({schema::ObjectKind::Schema, "", name, ""});
    if (fault.empty() && schema != nullptr && name != template_schema)
      fault = "is the name of a shared schema";
    if (!fault.empty())
      return context.Fail(DiagnosticKind::Usage, fmt::format("the tenant \"{}\" {}", name, fault));
  }
  if (!names.empty()) return true;
  return context.Fail(DiagnosticKind::Usage, "no tenants are listed",
                      "--tenant NAME, --tenants FILE, or [tenants] in schemac.toml");
}

// The command line's, else the settings'.
std::optional<std::vector<std::string>> ReadNames(Context& context, const Project& project,
                                                  const TenantsOptions& options, const schema::Catalog& head,
                                                  const std::string& template_schema) {
  std::vector<std::string> names = options.names;
  if (options.canary) {
    const std::vector<std::string>& canary = project.config.tenants.canary;
    names.insert(names.end(), canary.begin(), canary.end());
  } else if (!options.file.empty()) {
    if (!AddTenantFile(context, options.file, names)) return std::nullopt;
  } else if (names.empty()) {
    std::optional<std::vector<std::string>> listed = ListedTenants(context, project);
    if (!listed) return std::nullopt;
    names = *std::move(listed);
  }
  if (!CheckNames(context, names, head, template_schema, !options.folder.empty())) return std::nullopt;
  return names;
}

struct Step {
  bool of_tenant = false;
  bool waits = false;    // For all tenants.
  bool changes = false;  // More than the books.
  std::string revision;
  TenantText text;
};

class FanOut {
 public:
  FanOut(Context& context, const Project& project, TenantsOptions options)
      : context_(context), project_(project), options_(std::move(options)) {}

  void Run() {
    if (options_.range.empty()) options_.range = options_.down ? "-1" : "head";
    const std::optional<History> history = LoadHistory(context_, project_);
    if (!history || !Prepare(*history)) return;
    if (steps_.empty()) {
      context_.out << "-- nothing to do\n";
    } else if (options_.folder.empty()) {
      Print();
    } else if (WriteFiles()) {
      context_.out << fmt::format("wrote {} files for {}\n", written_, CountTenants(names_.size()));
    }
    if (!waiting_.empty())
      context_.Say(
          fmt::format("{}: what is shared waits until all tenants have done their part; run the "
                      "script for all",
                      waiting_));
  }

 private:
  bool Prepare(const History& history) {
    ErrorOr<std::pair<Point, Point>> ends =
        ResolveEnds(history, options_.range, options_.down ? "head" : "base");
    if (!ends) return context_.Fail(ends.error());
    if (options_.down) std::swap(ends->first, ends->second);
    const ErrorOr<RevisionPath> path = history.Path(ends->first, ends->second);
    if (!path) return context_.Fail(path.error());
    const std::optional<schema::Catalog> head =
        StateAt(history, ends->second, context_.sources, context_.sink, context_.analysis);
    if (!head) return false;
    const std::optional<std::string> name = FindTemplate(context_, *head, project_.config.tenants.schema);
    if (!name) return false;
    std::optional<std::vector<std::string>> names = ReadNames(context_, project_, options_, *head, *name);
    if (!names) return false;
    names_ = *std::move(names);
    const bool done =
        CompileBetween(context_, project_, history, ends->first, ends->second,
                       [&](const Compiled& compiled) { return Add(history, compiled, *name, path->size()); });
    if (options_.down) std::reverse(revisions_.begin(), revisions_.end());
    Choose();
    return done;
  }

  // Some tenants only: what is shared must not go from under the others.
  [[nodiscard]] bool IsForSome() const {
    return options_.canary || (options_.down && !options_.names.empty());
  }

  // Up to what has to wait.
  void Choose() {
    for (std::vector<Step>& steps : revisions_) {
      for (Step& step : steps) {
        if (!waiting_.empty() && !step.of_tenant && step.changes) return;
        if (IsForSome() && step.waits) {
          waiting_ = step.revision;
          if (options_.down && !step.changes)
            continue;  // Only books: the next tenants' steps do not lean on them.
          return;
        }
        steps_.push_back(std::move(step));
      }
    }
  }

  bool Add(const History& history, const Compiled& compiled, const std::string& name, std::size_t revisions) {
    const Revision& revision = history.revisions()[compiled.revision];
    if (!ReviewedScript(context_, project_, history, compiled, options_.down)) return false;
    const std::optional<std::vector<TenantUnit>> units =
        UnitsOf(context_, project_, history, compiled, name, options_.down);
    if (!units) return false;
    const bool alone = std::ranges::any_of(*units, [](const TenantUnit& unit) { return !unit.transaction; });
    // Such a statement cannot ask the ledger whether its turn has come.
    if (alone && revisions > 1)
      return context_.Fail(
          DiagnosticKind::Unsupported,
          fmt::format("{} runs statements outside of a transaction, which a script of several "
                      "revisions could not run again",
                      revision.id),
          fmt::format("print it by itself: \"schemac tenants {}\"", RangeOf(revision)));
    const ScriptSettings& settings = project_.config.scripts;
    revisions_.emplace_back();
    for (const TenantUnit& unit : *units) {
      revisions_.back().push_back(
          {unit.of_tenant, unit.tenants_before.has_value(), !unit.statements.empty(), revision.id,
           TenantText(UnitText(unit, names_, {settings.ledger_table, settings.lock_timeout}))});
    }
    return true;
  }

  [[nodiscard]] std::string RangeOf(const Revision& revision) const {
    const std::string older = revision.revises.empty() ? "base" : revision.revises.front();
    return options_.down ? fmt::format("--down {}:{}", revision.id, older)
                         : fmt::format("{}:{}", older, revision.id);
  }

  [[nodiscard]] std::string Place(std::size_t index) const {
    return fmt::format("{} of {}", index + 1, names_.size());
  }

  void Print() const {
    context_.out << emitters::CommentLines(
        fmt::format("{}{} for {}\neach statement is a transaction; after a failure, run all of it "
                    "again: what is done "
                    "is passed over",
                    options_.down ? "way back over " : "", options_.range, CountTenants(names_.size())));
    for (const Step& step : steps_) {
      context_.out << "\n"
                   << emitters::CommentLines(step.revision + (step.of_tenant ? ": each tenant" : ": shared"));
      if (!step.of_tenant) {
        step.text.Write("", "", context_.out);
        continue;
      }
      for (std::size_t i = 0; i < names_.size(); ++i) step.text.Write(names_[i], Place(i), context_.out);
    }
  }

  // `03_0002_x/acme.sql` for a tenant, `02_0002_x_shared.sql`: to be run in the order of their names.
  bool WriteFiles() {
    Files::Texts texts;
    const auto flush = [&] {
      const ErrorOr<std::monostate> done = context_.files.WriteAll(texts);
      written_ += texts.size();
      texts.clear();
      return done ? true : context_.Fail(done.error());
    };
    std::size_t number = 0;
    const int width = steps_.size() < 100 ? 2 : 4;
    for (const Step& step : steps_) {
      const std::string path =
          JoinPath(options_.folder, fmt::format("{:0{}}_{}", ++number, width, step.revision));
      if (!step.of_tenant) {
        texts.emplace_back(path + "_shared.sql", step.text.For("", ""));
        continue;
      }
      for (std::size_t i = 0; i < names_.size(); ++i) {
        texts.emplace_back(JoinPath(path, names_[i] + ".sql"), step.text.For(names_[i], Place(i)));
        if (texts.size() >= kFilesAtOnce && !flush()) return false;
      }
    }
    return flush();
  }

  Context& context_;
  const Project& project_;
  TenantsOptions options_;
  std::vector<std::string> names_;
  std::vector<std::vector<Step>> revisions_;
  std::vector<Step> steps_;
  std::size_t written_ = 0;
  std::string waiting_;  // The revision whose shared part is left out.
};

void PrintTenants(Context& context, const TenantsOptions& options) {
  const std::optional<Project> project = OpenProject(context);
  if (project) FanOut(context, *project, options).Run();
}

}  // namespace

void AddTenants(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "tenants", "Print the upgrade or downgrade over a range of revisions for every tenant's schema");
  auto options = std::make_shared<TenantsOptions>();
  command->add_option(
      "range", options->range,
      "REV, head, +N (from base), or A:B from A to B (default: head); with --down REV, base, -N "
      "(from head), or B:A from B down to A (default: -1)");
  command->add_flag("--down", options->down, "Print the downgrade instead");
  command->add_option("--tenant", options->names, "A tenant's schema; may be given more than once")
      ->allow_extra_args(false);
  command->add_option("--tenants", options->file, "A file with a name a line; - is standard input");
  command->add_flag("--canary", options->canary, "Only the tenants that [tenants] lists as canary");
  command->add_option("--out", options->folder, "Write a file for each tenant into this folder");
  command->callback(
      [&action, options] { action = [options](Context& context) { PrintTenants(context, *options); }; });
}

}  // namespace schemac
