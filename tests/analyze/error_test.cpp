// What is wrong is said at its place, with a hint where there is one, and hides nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/analyze/harness.h"

namespace schemac::testing {
namespace {

using ::testing::HasSubstr;

TEST(Errors, UnknownColumnOfAnIndex) {
  const auto analyzed = AnalyzeText("table users {\n  email text;\n  index by_email (emial);\n}\n");
  EXPECT_EQ(analyzed.diagnostics,
            "a.schema:3:19: error: no column \"emial\" in table \"users\" [unknown-column]\n"
            "      index by_email (emial);\n"
            "                      ^~~~~ write email\n"
            "a.schema:1:7: note: table declared here\n");
}

TEST(Errors, PartsOfPartitionsNameThoseOfTheirParent) {
  const std::string parent = "table p partition by list (a) { a int primary key; index p_of_a (a); }\n";
  const std::string partition = "table c partition of p default ";
  const auto analyzed = AnalyzeText(parent + partition + "{\n  index c_of_a partition of p_of_b;\n}\n");
  EXPECT_EQ(analyzed.diagnostics,
            "a.schema:3:29: error: there is no index \"p_of_b\" of table \"p\" [unknown-name]\n"
            "      index c_of_a partition of p_of_b;\n"
            "                                ^~~~~~ did you mean \"p_of_a\"?\n");
  ExpectError(parent + partition + "{ constraint k partition of p_of_a; }",
              "there is no constraint \"p_of_a\" of table \"p\"");
  ExpectError("table t { a int primary key; index i partition of t_pkey; }", "table \"t\" is no partition");
  ExpectError(parent + partition + "{ check k (a > 0); constraint k partition of p_pkey; }",
              "constraint \"k\" stands twice");
  ExpectError(parent + "table p_x { a int; }\n" + partition + "{ index p_x partition of p_of_a; }",
              "already exists");
}

TEST(Errors, UnknownTypesAndTables) {
  ExpectError("enum status { a }\ntable t { a statsu; }", "write status");
  ExpectError("table tenants { id int primary key; }\ntable t { a int references tenant; }", "write tenants");
  ExpectError("table p { id int primary key; }\ntable t { a int references p (ids); }",
              "no column \"ids\" in table \"p\"");
  ExpectError("table app.t { a int; }", "no schema \"app\"");
}

TEST(Errors, AllOfATableInOneRun) {
  const auto analyzed = AnalyzeText(
      "table t {\n"
      "  a int default (1 +);\n"
      "  b itn;\n"
      "  c int check (c >);\n"
      "  d int check (nope > 1);\n"
      "  e int;\n"
      "  unique (z);\n"
      "  index (y);\n"
      "}\n");
  for (const std::string_view place : {"a.schema:2:", "a.schema:3:5:", "a.schema:4:", "a.schema:5:16:",
                                       "a.schema:7:11:", "a.schema:8:10:"}) {
    EXPECT_THAT(analyzed.diagnostics, HasSubstr(std::string(place)));
  }
  const schema::Table* table = analyzed.model.catalog.FindTable({"public", "t"});
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->columns.size(), 5U);
}

TEST(Errors, DuplicatesNameTheFirst) {
  ExpectError("table t { a int; a text; }", "column \"a\" stands twice");
  ExpectError("table t { }\ntable t { }", "first declared here");
  ExpectError("enum e { a, b, a }", "label \"a\" stands twice");
  ExpectError("table t { }\nenum t { a }", "already exists");
  ExpectError("table t { a int; constraint c check (a > 0); constraint c check (a > 1); }",
              "constraint \"c\" stands twice");
}

TEST(Errors, NamesThatPostgresWouldCut) {
  const std::string name(64, 'x');
  ExpectError("table " + name + " { }", "[name-too-long]");
  ExpectError("table t { " + name + " int; }", "[name-too-long]");
  ExpectError("table t { a int; index " + name + " (a); }", "[name-too-long]");
}

TEST(Errors, JsonIsJudgedAsJson) {
  ExpectError("table t {\n  a jsonb default {\"a\": 01};\n}", "[invalid-json]");
  ExpectError("table t {\n  a jsonb default {\"a\": 1,};\n}", "a.schema:2:");
  ExpectError("table t { a int default {\"a\": 1}; }", "needs a column of type json or jsonb, not integer");
  ExpectError("table t { a text[] default [1]; }", "array[");
  ExpectError("table t { a jsonb default {\"a\": \"\\u0000\"}; }", "u0000");
}

TEST(Errors, DelegatedStatementsKeepTheirPlace) {
  ExpectError("table t { a int; }\nview v as\n  select b from t;\n", "a.schema:3:10:");
  ExpectError("table t { a int; }\nview v as\n  select a frm t where;\n", "a.schema:3:");
  ExpectError("table t {\n  a int;\n  policy p using (a >);\n}\n", "a.schema:3:");
  ExpectError("grant select on nothing to app;", "a.schema:1:");
}

TEST(Errors, Seeds) {
  constexpr std::string_view kTable = "table t { id int primary key; name text; }\n";
  const auto with = [&](std::string_view seed) { return std::string(kTable) + std::string(seed); };
  ExpectError(with("seed t { { id: 1, nmae: 'x' }; }"), "write name");
  ExpectError(with("seed t { { name: 'x' }; }"), "no value for \"id\"");
  ExpectError(with("seed t { { id: 1 }; { id: 1 }; }"), "stands twice");
  ExpectError(with("seed t { { id: null }; }"), "cannot be null");
  ExpectError(with("seed u { { id: 1 }; }"), "no table \"u\"");
  ExpectError("table t { a int; }\nseed t { { a: 1 }; }", "write key");
  ExpectError("table t { a int; b int; }\nseed t key (a, b) { { a: 1, b: 2 }; }",
              "\"a\", \"b\" of table \"t\" unique");
  ExpectError("table t { a int; unique (a) deferrable; }\nseed t key (a) { { a: 1 }; }", "not deferrable");
  ExpectError("table t { a int; unique index t_a (a) where a > 0; }\nseed t key (a) { { a: 1 }; }", "unique");
}

TEST(Errors, Raw) {
  ExpectError("raw \"x\" { up $$ create oprator; $$ }", "a.schema:1:");
  ExpectError("raw \"x\" depends on table t { up $$ select 1; $$ }", "no table \"t\"");
  ExpectError(
      "table t { a int; }\nfunction f(a int, b int) returns boolean language sql as $$ select a = b $$;\n"
      "raw \"operator public.=== (integer, integer)\" depends on table t {\n"
      "  up   $$ create operator === (leftarg = int, rightarg = int, function = f) $$\n"
      "  down $$ drop operator public.=== (integer, integer) $$\n}",
      "does not use table \"t\"");
}

}  // namespace
}  // namespace schemac::testing
