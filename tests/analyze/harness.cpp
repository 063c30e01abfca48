#include "tests/analyze/harness.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "compiler/sql/interpret.h"

namespace schemac::testing {
namespace {

void Note(std::string& text, const std::string& what) { text += what + "\n"; }

void CompareTables(const schema::Table& left, const schema::Table& right, std::string& text) {
  for (const schema::Column& column : left.columns) {
    const schema::Column* other = right.FindColumn(column.name);
    if (other == nullptr) {
      Note(text, "  column only left: " + column.name);
      continue;
    }
    if (column == *other) continue;
    Note(text, "  column differs: " + column.name + " " + FormatType(column.type) + " / " +
                   FormatType(other->type));
    if (column.default_value != other->default_value) {
      Note(text, "    default: " + (column.default_value ? column.default_value->text : "") + " / " +
                     (other->default_value ? other->default_value->text : ""));
    }
    if (column.comment != other->comment)
      Note(text, "    comment: " + *column.comment + " / " + *other->comment);
    if (column.not_null != other->not_null) Note(text, "    not null");
    if (column.identity != other->identity) Note(text, "    identity");
    if (column.generated != other->generated) Note(text, "    generated");
  }
  for (const schema::Column& column : right.columns) {
    if (left.FindColumn(column.name) == nullptr) Note(text, "  column only right: " + column.name);
  }
}

void CompareObjects(const schema::Object& left, const schema::Object& right, std::string& text) {
  Note(text, "differs: " + Describe(AddressOf(left)));
  if (BaseOf(left).comment != BaseOf(right).comment) {
    Note(text, "  comment: " + *BaseOf(left).comment + " / " + *BaseOf(right).comment);
  }
  if (BaseOf(left).privileges != BaseOf(right).privileges) Note(text, "  privileges");
  const auto* left_table = std::get_if<schema::Table>(&left);
  const auto* right_table = std::get_if<schema::Table>(&right);
  if (left_table != nullptr && right_table != nullptr) CompareTables(*left_table, *right_table, text);
}

}  // namespace

std::string Printed(const DiagnosticSink& sink, const Sources& sources) {
  std::ostringstream out;
  PrintDiagnostics(sink, sources, false, out);
  return out.str();
}

Analyzed AnalyzeTexts(const std::vector<std::string_view>& texts) {
  Sources sources;
  DiagnosticSink sink;
  std::vector<ast::File> files;
  std::string name = "a.schema";
  for (const std::string_view text : texts) {
    files.push_back(Parse(sources.Add(name, std::string(text)), sources, sink));
    ++name[0];
  }
  Analyzed analyzed;
  analyzed.model = Analyze(files, sources, sink);
  analyzed.diagnostics = Printed(sink, sources);
  return analyzed;
}

Analyzed AnalyzeText(std::string_view text) { return AnalyzeTexts({text}); }

Revised Revise(const schema::Catalog& before, std::string_view text) {
  Sources sources;
  DiagnosticSink sink;
  const SourceId source = sources.Add("a.mdiff", "revision 0001_a;\n" + std::string(text));
  const ast::File file = Parse(source, sources, sink);
  Revised revised;
  revised.effect = AnalyzeRevision(file, before, sources, sink);
  revised.diagnostics = Printed(sink, sources);
  return revised;
}

schema::Catalog InterpretSql(std::string_view sql) {
  Sources sources;
  DiagnosticSink sink;
  schema::Catalog catalog = schema::Catalog::Empty();
  sql::Interpret(sources.Add("a.sql", std::string(sql)), sources, catalog, {}, sink);
  EXPECT_FALSE(sink.HasErrors()) << Printed(sink, sources);
  return catalog;
}

std::string Difference(const schema::Catalog& left, const schema::Catalog& right) {
  std::string text;
  for (const auto& [address, object] : left.objects()) {
    const schema::Object* other = right.Find(address);
    if (other == nullptr) {
      Note(text, "only left: " + Describe(address));
    } else if (!(object == *other)) {
      CompareObjects(object, *other, text);
    }
  }
  for (const auto& [address, object] : right.objects()) {
    if (left.Find(address) == nullptr) Note(text, "only right: " + Describe(address));
  }
  return text;
}

void ExpectSame(std::string_view model, std::string_view sql) {
  const Analyzed analyzed = AnalyzeText(model);
  EXPECT_EQ(analyzed.diagnostics, "");
  EXPECT_EQ(Difference(analyzed.model.catalog, InterpretSql(sql)), "");
}

void ExpectSameChange(std::string_view model, std::string_view diff, std::string_view sql) {
  const Analyzed analyzed = AnalyzeText(model);
  ASSERT_EQ(analyzed.diagnostics, "");
  const Revised revised = Revise(analyzed.model.catalog, diff);
  EXPECT_EQ(revised.diagnostics, "");
  schema::Catalog wanted = analyzed.model.catalog;
  const auto done = sql::InterpretStatements(sql, wanted, {});
  ASSERT_TRUE(done.ok()) << done.error().message;
  EXPECT_EQ(Difference(revised.effect.after, wanted), "");
}

void ExpectError(std::string_view model, std::string_view words) {
  EXPECT_THAT(AnalyzeText(model).diagnostics, ::testing::HasSubstr(std::string(words)));
}

void ExpectRevisionError(std::string_view model, std::string_view diff, std::string_view words) {
  const Analyzed analyzed = AnalyzeText(model);
  ASSERT_EQ(analyzed.diagnostics, "");
  EXPECT_THAT(Revise(analyzed.model.catalog, diff).diagnostics, ::testing::HasSubstr(std::string(words)));
}

}  // namespace schemac::testing
