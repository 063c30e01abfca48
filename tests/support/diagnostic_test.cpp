#include "compiler/support/diagnostic.h"

#include <sstream>

#include <gtest/gtest.h>

namespace schemac {
namespace {

std::string Print(const DiagnosticSink& sink, const Sources& sources) {
  std::ostringstream out;
  PrintDiagnostics(sink, sources, false, out);
  return out.str();
}

TEST(PrintDiagnostics, ShowsTheLineACaretAndTheRemedy) {
  Sources sources;
  const SourceId id =
      sources.Add("users.schema", "table users {\n  email text;\n  index by_email (emial);\n}\n");
  DiagnosticSink sink;
  sink.Report(
      Diagnostic(DiagnosticKind::UnknownColumn, {id, 46, 51}, "no column \"emial\" in table \"users\"")
          .AddNote({id, 6, 11}, "table declared here")
          .Fix("write \"email\""));
  EXPECT_EQ(Print(sink, sources),
            "users.schema:3:19: error: no column \"emial\" in table \"users\" [unknown-column]\n"
            "      index by_email (emial);\n"
            "                      ^~~~~ write \"email\"\n"
            "users.schema:1:7: note: table declared here\n");
}

TEST(PrintDiagnostics, SortsByPlaceAndCountsCodePoints) {
  Sources sources;
  const SourceId id = sources.Add("a.schema", "ääää x\nyy");
  DiagnosticSink sink;
  sink.Report(Diagnostic(DiagnosticKind::SyntaxError, {id, 12, 13}, "second"));
  sink.Report(Diagnostic(DiagnosticKind::SyntaxError, {id, 9, 10}, "first"));
  EXPECT_EQ(Print(sink, sources),
            "a.schema:1:6: error: first [syntax-error]\n    ääää x\n         ^\n"
            "a.schema:2:2: error: second [syntax-error]\n    yy\n     ^\n");
}

TEST(PrintDiagnostics, CutsLongLinesAndHidesControlCharacters) {
  Sources sources;
  std::string text(5'000'000, 'x');
  text[2'500'000] = '\x01';
  text[2'500'001] = '\xFF';
  const SourceId id = sources.Add("long", text);
  DiagnosticSink sink;
  sink.Report(Diagnostic(DiagnosticKind::SyntaxError, {id, 2'500'000, 4'000'000}, "bad"));
  const std::string printed = Print(sink, sources);
  EXPECT_LT(printed.size(), 500U);
  EXPECT_NE(printed.find("x??x"), std::string::npos);
}

TEST(PrintDiagnostics, PrintsPlacelessOnesUnderTheProgramsName) {
  Sources sources;
  DiagnosticSink sink;
  sink.Report(
      Diagnostic(DiagnosticKind::DataLoss, {}, "table \"t\" would be dropped").Fix("--allow drop-table"));
  EXPECT_EQ(Print(sink, sources),
            "schemac: error: table \"t\" would be dropped [data-loss]\n    --allow drop-table\n");
  EXPECT_TRUE(sink.HasErrors());
}

TEST(PrintDiagnostics, SurvivesSpansPastTheEnd) {
  Sources sources;
  const SourceId id = sources.Add("empty", "");
  DiagnosticSink sink;
  sink.Report(Diagnostic(DiagnosticKind::SyntaxError, {id, 7, 90}, "unexpected end"));
  EXPECT_EQ(Print(sink, sources), "empty:1:1: error: unexpected end [syntax-error]\n    \n    ^\n");
}

TEST(Nearest, FindsTyposOnly) {
  EXPECT_EQ(Nearest("emial", {"name", "email"}), "email");
  EXPECT_EQ(Nearest("xyz", {"name", "email"}), "");
  EXPECT_EQ(Nearest("", {}), "");
}

}  // namespace
}  // namespace schemac
