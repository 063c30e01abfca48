// Two models analysed together are what each of them is alone.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "tests/analyze/harness.h"

namespace schemac::testing {
namespace {

using ::testing::HasSubstr;

// Enough that is common for it to be worth a look.
std::string Common() {
  std::string text = "schema public;\nenum common_kind { one, two }\n";
  for (int i = 0; i < 80; ++i) {
    text += fmt::format(
        "table common_{0} {{ id bigint primary key; kind common_kind not null default 'one';"
        " other_id bigint references common_{1} (id); check (id > {0}); index (kind) where id > 5; }}\n",
        i, i / 2);
  }
  return text;
}

struct Both {
  Analyzed first;
  Analyzed second;
  std::string diagnostics;
};

// Of each model beside the common tables.
Both AnalyzeTogether(const std::string& first, const std::string& second) {
  Sources sources;
  DiagnosticSink parsing;
  DiagnosticSink sink;
  const auto parse = [&](const std::string& text) {
    std::vector<ast::File> files;
    files.push_back(Parse(sources.Add("common.schema", Common()), sources, parsing));
    files.push_back(Parse(sources.Add("own.schema", text), sources, parsing));
    return files;
  };
  const std::vector<ast::File> first_files = parse(first);
  const std::vector<ast::File> second_files = parse(second);
  auto [one, other] = AnalyzeBoth(first_files, second_files, sources, sink);
  return {{std::move(one), ""}, {std::move(other), ""}, Printed(parsing, sources) + Printed(sink, sources)};
}

bool IsShared(const Both& both, const schema::ObjectAddress& address) {
  return both.first.model.catalog.Find(address) == both.second.model.catalog.Find(address);
}
schema::ObjectAddress TableNamed(std::string name) {
  return {schema::ObjectKind::Table, "public", std::move(name), ""};
}

void ExpectSameModel(const Model& together, const Model& alone) {
  EXPECT_EQ(Difference(together.catalog, alone.catalog), "");
  EXPECT_EQ(together.intent.renames, alone.intent.renames);
  EXPECT_EQ(together.intent.backfills, alone.intent.backfills);
  EXPECT_EQ(together.intent.labels, alone.intent.labels);
  EXPECT_EQ(together.intent.concurrently, alone.intent.concurrently);
}

Both ExpectAsAlone(const std::string& first, const std::string& second) {
  Both both = AnalyzeTogether(first, second);
  const Analyzed one = AnalyzeTexts({Common(), first});
  const Analyzed other = AnalyzeTexts({Common(), second});
  ExpectSameModel(both.first.model, one.model);
  ExpectSameModel(both.second.model, other.model);
  EXPECT_EQ(both.diagnostics.empty(), one.diagnostics.empty() && other.diagnostics.empty());
  return both;
}

// Nothing of it is built once for both.
void ExpectApart(const std::string& first, const std::string& second) {
  EXPECT_FALSE(IsShared(ExpectAsAlone(first, second), TableNamed("common_7")));
}

TEST(Both, WhatIsSpelledAlikeIsShared) {
  const Both both =
      ExpectAsAlone("table t { a text; } table u { b text; }", "table t { c text; } table u { b text; }");
  EXPECT_TRUE(IsShared(both, TableNamed("common_7")));
  EXPECT_TRUE(IsShared(both, TableNamed("u")));
  EXPECT_FALSE(IsShared(both, TableNamed("t")));
}

TEST(Both, WhatMentionsAChangeIsBuiltTwice) {
  const std::string users =
      "table t { s status; l status[]; m _status; } domain d status; table u { a d; }"
      "function f(status) returns integer language sql as $$select 1$$; view v as select s from t;"
      "mixin m { x status; } table w with m { id integer; } table \"T\" { \"STATUS\" text; } table z { a "
      "text; }";
  const Both both = ExpectAsAlone("enum status { a, b }" + users, "enum status { a, b, c }" + users);
  for (const char* name : {"t", "u", "w", "T"}) EXPECT_FALSE(IsShared(both, TableNamed(name))) << name;
  EXPECT_TRUE(IsShared(both, TableNamed("z")));
  EXPECT_TRUE(IsShared(both, TableNamed("common_7")));
}

TEST(Both, ForeignKeysDoNotSpreadAChange) {
  const std::string rest =
      "table a { x integer references t (id) on delete cascade; index a_x (x); }"
      "table b { x integer; foreign key (x) references t; constraint mine foreign key (x) references t (id); "
      "index b_x (x); }";
  const std::string table = "table t { id integer primary key; ";
  const Both both = ExpectAsAlone(table + "}" + rest, table + "note text; }" + rest);
  EXPECT_FALSE(IsShared(both, TableNamed("t")));
  for (const char* name : {"a", "b"}) {
    const schema::ObjectAddress index{schema::ObjectKind::Index, "public", name, std::string(name) + "_x"};
    ASSERT_TRUE(both.first.model.catalog.Has(index));
    EXPECT_TRUE(IsShared(both, index)) << name;
  }
  EXPECT_EQ(both.first.model.catalog.PartsOf({"public", "b"}, schema::ObjectKind::Constraint).size(), 2U);
}

TEST(Both, FamiliesStayTogether) {
  const std::string parent =
      "table p partition by range (a) { a integer primary key; t_id integer references t (id); index (t_id); "
      "}"
      "table t { id integer primary key; }";
  const Both both = ExpectAsAlone(parent + "table c partition of p for values from (1) to (2) { }",
                                  parent + "table c partition of p for values from (1) to (3) { }");
  EXPECT_FALSE(IsShared(both, TableNamed("p")));
  EXPECT_TRUE(IsShared(both, TableNamed("t")));
  ExpectAsAlone(parent + "table c partition of p for values from (1) to (2) { } table u { a text; }",
                parent + "table c partition of p for values from (1) to (2) { } table u { b text; }");
}

TEST(Both, MadeUpNamesThatMeet) {
  ExpectApart(
      "table first { x integer; index common_7_kind_idx1 (x); } table common { \"7_kind\" integer; index "
      "(\"7_kind\"); }",
      "table second { x integer; } table common { \"7_kind\" integer; index (\"7_kind\"); }");
  ExpectApart("table t { a integer; check (a > 1 and a < 9); check (a > 2); }",
              "table t { a integer; check (a > 1 and a < 9); check (a > 3); }");
}

TEST(Both, MadeUpNamesFollowTheOrderOfTheirModel) {
  const std::string one = "table x { y_z integer; index (y_z); }";
  const std::string other = "table x_y { z integer; index (z); }";
  ExpectApart(one + other, other + one);
  EXPECT_TRUE(IsShared(ExpectAsAlone(one + other, one + "table u { a text; }" + other), TableNamed("x_y")));
}

TEST(Both, WhatCannotBeToldIsBuiltTwice) {
  ExpectApart("schema a;", "schema b;");
  ExpectApart("extension hstore;", "");
  ExpectApart("type r as range (subtype = integer);", "");
  ExpectApart("table \"!\" { a integer; }", "");
}

TEST(Both, HintsKeepTheirOrder) {
  const std::string model =
      "table a { x text was y; z integer not null backfill 1; } enum e was old { a, b was c }";
  ExpectAsAlone("table t was u { a text; }" + model, "table t was u { b text was v; }" + model);
}

TEST(Both, HiddenNames) {
  const std::string texts =
      R"(table a { x text default E'\x61'; } table b { s text default 'T'; } table "a b" { x text; }
      function f() returns void language plpgsql as $t$begin perform 1; end$t$;
      view v as select 1 as one where exists (select from "a b");)";
  const Both both = ExpectAsAlone("table t { a text; }" + texts, "table t { b text; }" + texts);
  EXPECT_FALSE(IsShared(both, TableNamed("a")));
  EXPECT_FALSE(IsShared(both, TableNamed("b")));
  ExpectAsAlone("table \"a b\" { a text; } view v as select 1 as one where exists (select from \"a b\");",
                "table \"a b\" { b text; } view v as select 1 as one where exists (select from \"a b\");");
}

TEST(Both, SequencesOfColumns) {
  const std::string user =
      "table b { x bigint default nextval('a_id_seq'); y regclass default 'a_id_seq'; z oid default "
      "'a_id_seq'::regclass; }";
  const Both both = ExpectAsAlone(user + "table a { id serial primary key; }",
                                  user + "table a { id serial primary key; note text; }");
  const auto* table = both.second.model.catalog.FindTable({"public", "b"});
  ASSERT_NE(table, nullptr);
  const schema::ObjectAddress sequence{schema::ObjectKind::Sequence, "public", "a_id_seq", ""};
  for (const schema::Column& column : table->columns) {
    ASSERT_TRUE(column.default_value);
    EXPECT_TRUE(
        std::ranges::any_of(column.default_value->references,
                            [&](const schema::Reference& reference) { return reference.target == sequence; }))
        << column.name;
  }
}

TEST(Both, WhatIsCommonIsLookedInto) {
  const std::string looks =
      "table looker { x integer; check ((null::looked).id > x); } table looked { id integer; note text; }"
      "view v as select note from seen; table seen { note text; }"
      "table filler { n bigint default nextval('filled_n_seq'); } table filled { n bigserial; }";
  const Both both = ExpectAsAlone(looks + "table t { a text; }", looks + "table t { c text; }");
  for (const char* name : {"looker", "looked", "seen"}) EXPECT_TRUE(IsShared(both, TableNamed(name))) << name;
}

TEST(Both, ManyItems) {
  std::string many;
  for (int i = 0; i < 900; ++i) {
    many += fmt::format("table many_{} {{ id integer; note text default '{}'; }}\n", i,
                        i % 450 == 449 ? "back\\slash" : "");
  }
  const std::string users = "table before { s status; } " + many + "table behind { s status; }";
  const Both both = ExpectAsAlone("enum status { a }" + users, "enum status { a, b }" + users);
  for (const char* name : {"before", "many_449", "many_899", "behind"})
    EXPECT_FALSE(IsShared(both, TableNamed(name))) << name;
  for (const char* name : {"many_0", "many_448", "many_450", "many_898"})
    EXPECT_TRUE(IsShared(both, TableNamed(name))) << name;
}

TEST(Both, MistakesAreToldAsOfEachAlone) {
  const std::string wrong = "table u { a text; } table t { a nosuch; }";
  EXPECT_THAT(AnalyzeTogether(wrong, wrong).diagnostics,
              HasSubstr("own.schema:1:33: error: no type \"nosuch\""));
  EXPECT_THAT(
      AnalyzeTogether("table t { a text; }", "table t { a text; } table common_3 { b text; }").diagnostics,
      HasSubstr("table \"common_3\" is declared twice"));
}

// What the tests of the emitted SQL change, beside tables that stay.
TEST(Both, GoldenCases) {
  int pairs = 0;
  for (const auto& folder : std::filesystem::directory_iterator(SCHEMAC_SOURCE_DIR "/tests/golden")) {
    const auto read = [&](const char* name) {
      std::ifstream file(folder.path() / name);
      return std::string(std::istreambuf_iterator<char>(file), {});
    };
    if (!std::filesystem::exists(folder.path() / "from.schema")) continue;
    SCOPED_TRACE(folder.path().filename().string());
    ExpectAsAlone(read("from.schema"), read("to.schema"));
    ++pairs;
  }
  EXPECT_GT(pairs, 50);
}

}  // namespace
}  // namespace schemac::testing
