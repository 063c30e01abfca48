#include "tests/property/offline_laws.h"

#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "compiler/analyze/analyze.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "compiler/sql/interpret.h"
#include "emitters/layouts/script_file.h"
#include "emitters/model/model_printer.h"
#include "schema/diff/diff.h"
#include "schema/partitions.h"

namespace schemac::testing {
namespace {

using schema::Catalog;

std::string Errors(const DiagnosticSink& sink, const Sources& sources) {
  if (!sink.HasErrors()) return "";
  std::ostringstream out;
  PrintDiagnostics(sink, sources, false, out);
  return out.str();
}

std::string Difference(const Catalog& want, const Catalog& got) {
  std::string text;
  for (const auto& [address, object] : want.objects()) {
    const schema::Object* other = got.Find(address);
    if (other == nullptr) text += "missing: " + schema::Describe(address) + "\n";
    if (other != nullptr && !schema::SaySame(*other, object))
      text += "differs: " + schema::Describe(address) + "\n";
  }
  for (const auto& [address, object] : got.objects()) {
    if (!want.Has(address)) text += "unexpected: " + schema::Describe(address) + "\n";
  }
  return text;
}

// The failure as a text, with what was run.
std::string Failure(const char* law, const std::string& errors, const std::string& difference,
                    const std::string& text) {
  if (errors.empty() && difference.empty()) return "";
  return fmt::format("{} {}{}in\n{}", law, errors, difference, text);
}

// In a model every partition has what its parent has: import refuses an index ON ONLY a table whose
// partitions have it in part.
bool HasPartialIndexes(const Catalog& catalog) {
  for (const auto& [address, object] : catalog.objects()) {
    const auto* index = std::get_if<schema::Index>(&object);
    if (index != nullptr && index->only && !schema::IsOnAllPartitions(catalog, *index)) return true;
  }
  return false;
}

std::string CheckSql(const char* law, const std::string& sql, const Catalog& start, const Catalog& end) {
  std::string errors;
  const Catalog got = RunSql(sql, start, errors);
  return Failure(law, errors, Difference(end, got), sql);
}

std::string CheckFormat(const char* law, const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  const auto formatted = Format(sources.Add("printed.schema", text), sources, sink);
  return formatted == text ? "" : fmt::format("{}-format of\n{}", law, text);
}

std::string CheckCreation(const Catalog& catalog) {
  DiagnosticSink sink;
  MigrationOptions options;
  options.allowed = {"all"};
  const auto migration = MakeMigration(Catalog::Empty(), catalog, schema::Intent{}, options, sink);
  if (!migration) return "creation is refused: " + Errors(sink, Sources());
  std::string failure = CheckSql("creation", migration->up.text, Catalog::Empty(), catalog);
  if (failure.empty()) failure = CheckSql("removal", migration->down.text, catalog, Catalog::Empty());
  return failure;
}

std::string JudgeScripts(const SketchPair& pair, bool online) {
  std::string errors;
  const Catalog from = RunSql(pair.from_sql, Catalog::Empty(), errors);
  const Catalog to = RunSql(pair.to_sql, Catalog::Empty(), errors);
  if (!errors.empty()) return "source " + errors;

  DiagnosticSink sink;
  MigrationOptions options;
  options.allowed = {"all"};
  options.online = online;
  const auto migration = MakeMigration(from, to, pair.intent, options, sink);
  if (!migration) return "refused " + Errors(sink, Sources());
  std::string failure = CheckSql("upgrade", migration->up.text, from, to);
  if (failure.empty()) failure = CheckSql("downgrade", migration->down.text, to, from);
  if (failure.empty() && !online) failure = CheckCreation(to);
  return failure;
}

}  // namespace

Catalog RunSql(const std::string& sql, Catalog start, std::string& errors) {
  Sources sources;
  DiagnosticSink sink;
  sql::Interpret(sources.Add("script.sql", sql), sources, start, {}, sink);
  errors += Errors(sink, sources);
  return start;
}

std::optional<Migration> MigrationOf(const SketchPair& pair, std::string& refusal, bool online) {
  const Catalog from = RunSql(pair.from_sql, Catalog::Empty(), refusal);
  const Catalog to = RunSql(pair.to_sql, Catalog::Empty(), refusal);
  DiagnosticSink sink;
  MigrationOptions options;
  options.allowed = {"all"};
  options.online = online;
  auto migration = MakeMigration(from, to, pair.intent, options, sink);
  if (!migration) refusal += Errors(sink, Sources());
  return migration;
}

std::string JudgeOffline(const SketchPair& pair) { return JudgeScripts(pair, false); }

std::string JudgeOnline(const SketchPair& pair) { return JudgeScripts(pair, true); }

std::string JudgeModel(const Catalog& catalog) {
  if (HasPartialIndexes(catalog)) return "refused an index that only some partitions have";
  const std::string text = emitters::PrintModel(catalog);
  Sources sources;
  DiagnosticSink sink;
  const ast::File file = Parse(sources.Add("printed.schema", text), sources, sink);
  const Model model = Analyze({file}, sources, sink);
  const std::string failure =
      Failure("model", Errors(sink, sources), Difference(catalog, model.catalog), text);
  return failure.empty() ? CheckFormat("model", text) : failure;
}

std::string JudgeRevision(const Catalog& before, const Catalog& after, const schema::Intent& intent) {
  const auto diff = schema::Compare(before, after, intent);
  if (!diff) return "";
  const std::string text = emitters::PrintRevision({"0002_test", {"0001"}, "Test"}, *diff, before, {"all"});
  Sources sources;
  DiagnosticSink sink;
  const ast::File file = Parse(sources.Add("0002_test.mdiff", text), sources, sink);
  const RevisionEffect effect = AnalyzeRevision(file, before, sources, sink);
  const std::string failure =
      Failure("revision", Errors(sink, sources), Difference(after, effect.after), text);
  return failure.empty() ? CheckFormat("revision", text) : failure;
}

std::string JudgeModel(const SketchPair& pair) {
  std::string errors;
  const Catalog catalog = RunSql(pair.to_sql, Catalog::Empty(), errors);
  return errors.empty() ? JudgeModel(catalog) : "source " + errors;
}

std::string JudgeRevision(const SketchPair& pair) {
  std::string errors;
  const Catalog from = RunSql(pair.from_sql, Catalog::Empty(), errors);
  const Catalog to = RunSql(pair.to_sql, Catalog::Empty(), errors);
  return errors.empty() ? JudgeRevision(from, to, pair.intent) : "source " + errors;
}

}  // namespace schemac::testing
