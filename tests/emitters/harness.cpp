#include "harness.h"

#include <sstream>

#include <gtest/gtest.h>

#include "compiler/analyze/analyze.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "compiler/plan/plan.h"
#include "compiler/sql/interpret.h"
#include "emitters/layouts/script_file.h"
#include "emitters/postgres/postgres_emitter.h"

namespace schemac::emitters::testing {
namespace {

void ExpectNothingReported(const DiagnosticSink& sink, const Sources& sources, const std::string& text) {
  if (!sink.HasErrors()) return;
  std::ostringstream out;
  PrintDiagnostics(sink, sources, false, out);
  ADD_FAILURE() << out.str() << "\nin\n" << text;
}

}  // namespace

schema::Catalog RunSql(const std::string& sql, schema::Catalog catalog) {
  Sources sources;
  DiagnosticSink sink;
  const SourceId id = sources.Add("test.sql", sql);
  sql::Interpret(id, sources, catalog, {}, sink);
  ExpectNothingReported(sink, sources, sql);
  return catalog;
}

schema::Catalog ReadModel(const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  const SourceId id = sources.Add("test.schema", text);
  const ast::File file = Parse(id, sources, sink);
  Model model = Analyze({file}, sources, sink);
  ExpectNothingReported(sink, sources, text);
  return std::move(model.catalog);
}

schema::Catalog ReadRevision(const std::string& text, const schema::Catalog& before) {
  Sources sources;
  DiagnosticSink sink;
  const SourceId id = sources.Add("0001_test.mdiff", text);
  const ast::File file = Parse(id, sources, sink);
  RevisionEffect effect = AnalyzeRevision(file, before, sources, sink);
  ExpectNothingReported(sink, sources, text);
  return std::move(effect.after);
}

std::string Formatted(const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  const SourceId id = sources.Add("test.schema", text);
  const auto formatted = Format(id, sources, sink);
  ExpectNothingReported(sink, sources, text);
  return formatted.value_or("");
}

std::string Migrate(const schema::Catalog& from, const schema::Catalog& to, const schema::Diff& diff) {
  DiagnosticSink sink;
  plan::Options options;
  options.allowed = {"all"};
  const plan::Plan plan = plan::MakePlan(from, to, diff, options, sink);
  ExpectNothingReported(sink, Sources(), "(the plan)");
  return WriteScript(EmitPostgres(plan), plan, {"test", "", std::nullopt, "", "5s"});
}

std::string Difference(const schema::Catalog& left, const schema::Catalog& right) {
  std::string text;
  for (const auto& [address, object] : left.objects()) {
    const schema::Object* other = right.Find(address);
    if (other == nullptr) {
      text += "only left: " + schema::Describe(address) + "\n";
    } else if (!(*other == object)) {
      text += "differs: " + schema::Describe(address) + "\n";
    }
  }
  for (const auto& [address, object] : right.objects()) {
    if (!left.Has(address)) text += "only right: " + schema::Describe(address) + "\n";
  }
  return text;
}

}  // namespace schemac::emitters::testing
