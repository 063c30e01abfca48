// `was`, `backfill`, `seed`, `raw`: what a model says beside PostgreSQL's DDL.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "tests/analyze/harness.h"

namespace schemac::testing {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

TEST(Intent, Was) {
  const auto analyzed = AnalyzeText(R"(
enum state was status { live was off, "New" }
table t was old { a int was "A"; index i was j (a); }
view v was w as select a from t;
function f was g(n int) returns int language sql as $$ select n $$;
)");
  ASSERT_EQ(analyzed.diagnostics, "");
  const schema::Intent& intent = analyzed.model.intent;
  const auto has = [&](const ObjectAddress& from, const ObjectAddress& to) {
    return std::find(intent.renames.begin(), intent.renames.end(), schema::Rename{from, to}) !=
           intent.renames.end();
  };
  EXPECT_TRUE(has({ObjectKind::Enum, "public", "status", ""}, {ObjectKind::Enum, "public", "state", ""}));
  EXPECT_TRUE(has({ObjectKind::Table, "public", "old", ""}, {ObjectKind::Table, "public", "t", ""}));
  EXPECT_TRUE(has({ObjectKind::Column, "public", "old", "A"}, {ObjectKind::Column, "public", "t", "a"}));
  EXPECT_TRUE(has({ObjectKind::Index, "public", "old", "j"}, {ObjectKind::Index, "public", "t", "i"}));
  EXPECT_TRUE(has({ObjectKind::View, "public", "w", ""}, {ObjectKind::View, "public", "v", ""}));
  EXPECT_TRUE(has({ObjectKind::Function, "public", "g", "integer"},
                  {ObjectKind::Function, "public", "f", "integer"}));
  EXPECT_EQ(intent.renames.size(), 6U);
  const ObjectAddress state{ObjectKind::Enum, "public", "state", ""};
  ASSERT_EQ(intent.labels.count(state), 1U);
  EXPECT_EQ(intent.labels.at(state).renamed.at("off"), "live");
}

TEST(Intent, Concurrently) {
  const auto analyzed = AnalyzeText("table t { a int; index concurrently i (a); index j (a); }");
  ASSERT_EQ(analyzed.diagnostics, "");
  EXPECT_EQ(analyzed.model.intent.concurrently,
            (std::set<ObjectAddress>{{ObjectKind::Index, "public", "t", "i"}}));
  EXPECT_NE(AnalyzeText("table t { a int; index concurrently (a); }").diagnostics.find("needs a name"),
            std::string::npos);
}

TEST(Intent, Backfill) {
  const auto analyzed =
      AnalyzeText(R"(table t { a text not null backfill 'eu'; b jsonb not null backfill {"a": 1}; })");
  ASSERT_EQ(analyzed.diagnostics, "");
  const auto& backfills = analyzed.model.intent.backfills;
  EXPECT_EQ(backfills.at({ObjectKind::Column, "public", "t", "a"}).text, "'eu'");
  EXPECT_EQ(backfills.at({ObjectKind::Column, "public", "t", "b"}).text, R"('{"a": 1}'::jsonb)");
}

TEST(Intent, Seed) {
  const auto analyzed = AnalyzeText(R"(
table t { id int primary key; name text unique; extra jsonb; at date; ok boolean; }
seed t { { id: 1, name: 'a''b', extra: {"x": [1, 2]}, at: (date '2024-01-01' + 1), ok: true }; { id: -2, name: null }; }
seed t key (name) { { name: 'c', id: 3 }; }
)");
  ASSERT_EQ(analyzed.diagnostics, "");
  const auto& catalog = analyzed.model.catalog;
  const auto rows = catalog.PartsOf({"public", "t"}, ObjectKind::SeedRow);
  ASSERT_EQ(rows.size(), 3U);
  const auto* row = catalog.Get<schema::SeedRow>({ObjectKind::SeedRow, "public", "t", "[1]"});
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->values.at("name").text, "'a''b'");
  EXPECT_EQ(row->values.at("extra").text, R"('{"x": [1, 2]}'::jsonb)");
  const auto* by_name = catalog.Get<schema::SeedRow>({ObjectKind::SeedRow, "public", "t", R"(["c"])"});
  ASSERT_NE(by_name, nullptr);
  EXPECT_EQ(by_name->key_columns, std::vector<std::string>{"name"});
}

TEST(Intent, Raw) {
  const auto analyzed = AnalyzeText(R"(
table t { a int; }
raw "a cast" depends on table t, column t.a { up $$ create cast (t as int) with inout; $$ down $$ drop cast (t as int); $$ }
)");
  ASSERT_EQ(analyzed.diagnostics, "");
  const auto* raw = analyzed.model.catalog.Get<schema::Raw>({ObjectKind::Raw, "", "a cast", ""});
  ASSERT_NE(raw, nullptr);
  EXPECT_EQ(raw->depends_on.size(), 2U);
  EXPECT_NE(raw->create.text.find("create cast"), std::string::npos);
}

TEST(Intent, TemplateSchema) {
  const auto analyzed = AnalyzeText("schema tenant template;\ntable t { a int; }\n");
  ASSERT_EQ(analyzed.diagnostics, "");
  EXPECT_TRUE(
      analyzed.model.catalog.Get<schema::Schema>({ObjectKind::Schema, "", "tenant", ""})->is_template);
  EXPECT_NE(analyzed.model.catalog.FindTable({"tenant", "t"}), nullptr);
}

}  // namespace
}  // namespace schemac::testing
