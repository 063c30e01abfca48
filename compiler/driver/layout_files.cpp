#include "compiler/driver/layout_files.h"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/parts.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/words.h"
#include "compiler/history/foreign_history.h"
#include "compiler/history/server_version.h"
#include "compiler/support/quote.h"
#include "compiler/verify/facts.h"
#include "compiler/verify/queries.h"

namespace schemac {
namespace {

using emitters::LayoutFile;

// Fails when something of the revision is not there.
std::string VerificationScript(const schema::Catalog& before, const schema::Catalog& after,
                               const schema::Catalog& head) {
  std::vector<verify::Fact> facts = FactsBetween(before, after);
  // What a later revision changes again is its business.
  const std::vector<verify::Fact> still = verify::FactsOf(head).facts;
  std::erase_if(facts, [&](const verify::Fact& fact) {
    const auto same = [&](const verify::Fact& other) { return other.object == fact.object; };
    if (fact.aspect == verify::kGone) return std::ranges::any_of(still, same);
    return std::ranges::find(still, fact) == still.end();
  });
  if (facts.empty()) return "-- nothing of it can be looked for\nSELECT 1;\n";
  const std::string body = "\nDECLARE\n    wrong text;\nBEGIN\n    WITH " +
                           verify::ComparedTables(facts, {}) +
                           "\n    SELECT string_agg(object || coalesce(' (' || nullif(aspect, '') || ')', "
                           "''), ', ' ORDER BY n) INTO wrong\n"
                           "      FROM compared WHERE NOT ok;\n"
                           "    IF wrong IS NOT NULL THEN\n        RAISE EXCEPTION USING MESSAGE = 'missing "
                           "or different: ' || wrong;\n"
                           "    END IF;\nEND\n";
  return "BEGIN;\nDO " + DollarQuote(body) + ";\nROLLBACK;\n";
}

class HistoryFiles {
 public:
  HistoryFiles(Context& context, const Project& project, const History& history, const LayoutTarget& target)
      : context_(context), project_(project), history_(history), target_(target) {}

  std::optional<Files::Texts> Run(std::optional<std::size_t> head) {
    if (emitters::LayoutVerifies(target_.layout)) {
      head_ = StateAt(history_, head, context_.sources, context_.sink, context_.analysis);
      if (!head_) return std::nullopt;
    }
    emitters::LayoutWriter writer(target_.layout, {.lock_timeout = project_.config.scripts.lock_timeout});
    const bool done = CompileUpTo(
        context_, project_, history_, head, [](std::size_t) { return true; },
        [&](const Compiled& compiled) { return Add(compiled, writer); });
    if (!done) return std::nullopt;
    for (LayoutFile& file : writer.Finish()) files_.push_back(std::move(file));
    if (!CheckOrder()) return std::nullopt;
    Files::Texts texts;
    for (auto& [path, text] : files_) texts.emplace_back(Path(path), std::move(text));
    for (auto& [path, text] : writer.Defaults()) {
      if (context_.files.KindOf(Path(path)) == Files::Kind::Missing) texts.emplace_back(Path(path), text);
    }
    return texts;
  }

 private:
  [[nodiscard]] std::string Path(const std::string& name) const { return JoinPath(target_.folder, name); }

  bool Add(const Compiled& compiled, emitters::LayoutWriter& writer) {
    const Revision& revision = history_.revisions()[compiled.revision];
    emitters::LayoutRevision written =
        LayoutRevisionOf(revision.id, revision.revises, revision.message, compiled.migration);
    if (head_) written.verification = VerificationScript(compiled.before, compiled.after, *head_);
    writer.SetServer(LayoutOptionsFor(project_, compiled).postgres_version);
    ErrorOr<std::vector<LayoutFile>> files = writer.Add(written);
    if (!files) return context_.Fail(files.error());
    if (!ReadBack(revision.id, *files, compiled)) return false;
    for (LayoutFile& file : *files) {
      owners_[file.first] = compiled.revision;
      files_.push_back(std::move(file));
    }
    return true;
  }

  // The files of one revision by themselves, through the reader of their layout.
  bool ReadBack(const std::string& id, std::vector<LayoutFile> files, const Compiled& compiled) {
    if (target_.layout == "sqitch")
      files.emplace_back("sqitch.plan", id + " 2000-01-01T00:00:00Z x <x@y> # x\n");
    const ErrorOr<ForeignHistory> read = ReadForeignHistory(std::move(files), target_.layout);
    if (!read) return context_.Fail(read.error());
    schema::Catalog state = compiled.before;
    const sql::InterpretOptions options = ReplayTo(context_, compiled.after, compiled.migration.up.plan);
    for (const auto& [path, text] : read->scripts) {
      DiagnosticSink sink;
      sql::Interpret(context_.sources.Add(Path(path), text), context_.sources, state, options, sink);
      if (sink.error_count() > 0) {
        return context_.Fail(
            DiagnosticKind::ProofFailed,
            fmt::format("{} cannot be read back: {}", Path(path), sink.diagnostics().front().message));
      }
    }
    const std::string difference = FirstDifference(state, compiled.after);
    if (difference.empty()) return true;
    return context_.Fail(
        DiagnosticKind::ProofFailed,
        fmt::format("the files of {} for {} do not lead to its state; {}", id, target_.layout, difference));
  }

  // The tool must run the files in the order of the history.
  bool CheckOrder() {
    const ErrorOr<ForeignHistory> read = ReadForeignHistory(files_, target_.layout);
    if (!read) return context_.Fail(read.error());
    // Alembic follows its own links, whatever the names.
    if (target_.layout == "alembic") return true;
    std::size_t last = 0;
    for (const auto& [path, text] : read->scripts) {
      const std::size_t owner = owners_[path];
      if (owner < last) {
        return context_.Fail(DiagnosticKind::History,
                             fmt::format("{} would run {} before {}, which it builds on", target_.layout,
                                         history_.revisions()[last].id, history_.revisions()[owner].id),
                             "number the revisions in the order in which they build on each other");
      }
      last = owner;
    }
    return true;
  }

  Context& context_;
  const Project& project_;
  const History& history_;
  const LayoutTarget& target_;
  std::optional<schema::Catalog> head_;
  std::vector<LayoutFile> files_;
  std::map<std::string, std::size_t> owners_;
};

// Whether replacing it loses nothing that somebody wrote.
bool MayReplace(const std::string& path, const std::string& found, const std::string& text) {
  if (path.ends_with(".sql") && IsAsCompiled(found)) return true;
  if (NameOf(path) == "sqitch.plan") return text.starts_with(found);
  return NameOf(FolderOf(path)) == "verify" && found.starts_with("BEGIN;\nDO $");
}

}  // namespace

void AddWrittenLayout(CLI::App& command, std::string& layout, const std::string& help) {
  command.add_option("--layout", layout, help + " (default: layout in schemac.toml)")
      ->check(CLI::IsMember(emitters::WrittenLayouts()));
}

std::optional<LayoutTarget> LayoutOf(const Project& project) {
  const ScriptSettings& settings = project.config.scripts;
  if (settings.layout.empty()) return std::nullopt;
  return LayoutTarget{settings.layout, project.PathOf(settings.layout_folder)};
}

emitters::LayoutOptions LayoutOptionsFor(const Project& project, const Compiled& compiled) {
  const ScriptSettings& settings = project.config.scripts;
  emitters::LayoutOptions options;
  options.lock_timeout = settings.lock_timeout;
  options.postgres_version =
      settings.postgres_version.value_or(OldestServer(compiled.before, compiled.after));
  return options;
}

std::optional<Files::Texts> LayoutTexts(Context& context, const Project& project, const History& history,
                                        const LayoutTarget& target) {
  const ErrorOr<std::optional<std::size_t>> head = history.Head();
  if (!head) {
    context.Fail(head.error());
    return std::nullopt;
  }
  return HistoryFiles(context, project, history, target).Run(*head);
}

bool WriteLayout(Context& context, const Files::Texts& texts, bool force) {
  Files::Texts changed;
  bool clean = true;
  for (const auto& [path, text] : texts) {
    if (context.files.KindOf(path) != Files::Kind::Missing) {
      const ErrorOr<std::string> found = context.files.Read(path);
      if (!found) return context.Fail(found.error());
      if (*found == text) continue;
      if (!force && !MayReplace(path, *found, text)) {
        clean = context.Fail(DiagnosticKind::History,
                             fmt::format("{} was edited after it was written, or is not schemac's", path),
                             "\"schemac export --force\" writes it anew; what was edited is lost");
        continue;
      }
    }
    changed.emplace_back(path, text);
  }
  if (!clean) return false;
  if (const ErrorOr<std::monostate> written = context.files.WriteAll(changed); !written)
    return context.Fail(written.error());
  for (const auto& [path, text] : changed) context.out << "wrote " << path << "\n";
  return true;
}

bool KeepLayout(Context& context, const Project& project) {
  const std::optional<LayoutTarget> target = LayoutOf(project);
  if (!target) return true;
  const std::optional<History> history = LoadHistory(context, project);
  if (!history) return false;
  const std::optional<Files::Texts> texts = LayoutTexts(context, project, *history, *target);
  return texts && WriteLayout(context, *texts, false);
}

void CheckLayout(Context& context, const Project& project, const History& history,
                 std::vector<std::string>& findings) {
  const std::optional<LayoutTarget> target = LayoutOf(project);
  if (!target) return;
  const std::optional<Files::Texts> texts = LayoutTexts(context, project, history, *target);
  if (!texts) return;
  for (const auto& [path, text] : *texts) {
    if (context.files.KindOf(path) == Files::Kind::Missing) {
      findings.push_back(fmt::format("{} is missing: \"schemac export\" writes it", path));
      continue;
    }
    const ErrorOr<std::string> found = context.files.Read(path);
    if (!found || *found != text)
      findings.push_back(fmt::format("{} is not what the revisions compile to", path));
  }
}

}  // namespace schemac
