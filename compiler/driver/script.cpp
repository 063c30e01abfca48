// `script`: a range of revisions as parts for a web SQL editor.
#include <memory>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/hand_over_page.h"
#include "compiler/driver/layout_files.h"
#include "compiler/driver/parts.h"
#include "compiler/driver/range.h"
#include "compiler/driver/slug.h"
#include "compiler/verify/queries.h"
#include "emitters/layouts/header.h"
#include "emitters/layouts/ledger.h"

namespace schemac {
namespace {

struct ScriptOptions {
  std::string range = "head";
  std::string folder;
  std::string html;
  std::string layout;
};

std::string VerificationText(const Collected& collected, std::size_t number,
                             const std::string& ledger_table) {
  std::vector<verify::Fact> facts = FactsBetween(collected.before, collected.after);
  for (const std::string& id : collected.revisions) facts.push_back({"revision " + id, "", "applied"});
  return emitters::CommentLines(
             fmt::format("part {0} of {0}: reads only; what must be there now, and whether it is", number)) +
         "WITH " + verify::ComparedTables(facts, {false, emitters::LedgerTableText(ledger_table)}) + "\n" +
         verify::ReportQuery(false) + ";\n";
}

std::string HintFor(const Part& part) {
  if (part.batch_rows > 0)
    return fmt::format("In rounds of {} rows, each in a transaction: run it by itself.", part.batch_rows);
  return part.transaction ? "All or nothing." : "Outside of a transaction: run it by itself.";
}

void WritePage(Context& context, const Collected& collected, const Files::Texts& files,
               const std::string& path) {
  Page page;
  page.title = fmt::format("Upgrade to {}", collected.revisions.back());
  page.before = &collected.before;
  page.after = &collected.after;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto& [name, sql] = files[i];
    if (i < collected.parts.size()) {
      const Part& part = collected.parts[i];
      page.parts.push_back({name, part.title, sql, HintFor(part), part.notes});
    } else {
      page.parts.push_back(
          {name, "Verification", sql, "Reads only: what must be there now, and whether it is.", {}});
    }
  }
  const Files::Texts texts{{path, HandOverPage(page)}};
  if (const ErrorOr<std::monostate> written = context.files.WriteAll(texts); !written) {
    context.Fail(written.error());
    return;
  }
  context.out << "wrote " << path << "\n";
}

void PrintScript(Context& context, const ScriptOptions& options) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<Collected> collected = CollectParts(context, *project, options.range, options.layout);
  if (!collected) return;
  if (collected->parts.empty()) {
    context.out << "-- nothing to do\n";
    return;
  }
  const ScriptSettings& settings = project->config.scripts;
  const std::size_t count = collected->parts.size() + 1;
  Files::Texts files;
  for (const Part& part : collected->parts) {
    const std::size_t number = files.size() + 1;
    files.emplace_back(fmt::format("{:02}_{}.sql", number, part.revision),
                       PartText(part, number, count, {settings.ledger_table, settings.lock_timeout, false}));
  }
  files.emplace_back(fmt::format("{:02}_verify.sql", count),
                     VerificationText(*collected, count, settings.ledger_table));
  if (!options.html.empty()) {
    WritePage(context, *collected, files, options.html);
    return;
  }
  if (options.folder.empty()) {
    for (std::size_t i = 0; i < files.size(); ++i) context.out << (i == 0 ? "" : "\n\n") << files[i].second;
    return;
  }
  for (auto& [name, text] : files) name = JoinPath(options.folder, name);
  if (const ErrorOr<std::monostate> written = context.files.WriteAll(files); !written) {
    context.Fail(written.error());
    return;
  }
  for (const auto& [path, text] : files) context.out << "wrote " << path << "\n";
}

}  // namespace

void AddScript(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("script", "Print a range of revisions as parts for a web SQL editor");
  auto options = std::make_shared<ScriptOptions>();
  command->add_option("range", options->range, "REV, head, +N (from base), or A:B from A to B");
  CLI::Option* out =
      command->add_option("--out", options->folder, "Write a file for each part into this folder");
  command->add_option("--html", options->html, "Write one page to this file, for whoever runs the parts")
      ->excludes(out);
  AddWrittenLayout(*command, options->layout, kBooksHelp);
  command->callback(
      [&action, options] { action = [options](Context& context) { PrintScript(context, *options); }; });
}

}  // namespace schemac
