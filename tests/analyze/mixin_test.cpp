#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/analyze/harness.h"

namespace schemac::testing {
namespace {

TEST(Mixin, MembersStandBehindTheTablesOwn) {
  constexpr std::string_view kModel = R"(
mixin stamps {
  created_at timestamptz not null default now();
  --- When it changed.
  updated_at timestamptz;
  trigger touch before update for each row execute touch();
  index (created_at);
}
function touch() returns trigger language plpgsql as $$ begin return new; end $$;
table a with stamps { id int primary key; }
table b with stamps { id int primary key; }
)";
  ExpectSame(kModel, R"(
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create table a (id int primary key, created_at timestamptz not null default now(), updated_at timestamptz);
create table b (id int primary key, created_at timestamptz not null default now(), updated_at timestamptz);
comment on column a.updated_at is 'When it changed.';
comment on column b.updated_at is 'When it changed.';
create index on a (created_at);
create index on b (created_at);
create trigger touch before update on a for each row execute function touch();
create trigger touch before update on b for each row execute function touch();
)");
  const auto analyzed = AnalyzeText(kModel);
  const schema::Table* table = analyzed.model.catalog.FindTable({"public", "a"});
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->columns.size(), 3U);
  EXPECT_EQ(table->columns[0].name, "id");
}

TEST(Mixin, ConflictsNameBothPlaces) {
  const auto analyzed = AnalyzeText("mixin m { a int; }\ntable t with m {\n  a text;\n}\n");
  EXPECT_THAT(analyzed.diagnostics,
              ::testing::HasSubstr("a.schema:1:11: error: column \"a\" stands twice in table \"t\""));
  EXPECT_THAT(analyzed.diagnostics, ::testing::HasSubstr("[mixin-conflict]"));
  EXPECT_THAT(analyzed.diagnostics, ::testing::HasSubstr("a.schema:3:3: note: first declared here"));
}

TEST(Mixin, UnknownOnesGetAHint) {
  ExpectError("mixin timestamps { a int; }\ntable t with timestamp { }", "write timestamps");
}

TEST(Mixin, MistakesAreSaidOnce) {
  const auto analyzed = AnalyzeText("mixin m { a itn; }\ntable t with m { }\ntable u with m { }\n");
  const std::size_t first = analyzed.diagnostics.find("[unknown-type]");
  EXPECT_NE(first, std::string::npos) << analyzed.diagnostics;
  EXPECT_EQ(analyzed.diagnostics.find("[unknown-type]", first + 1), std::string::npos)
      << analyzed.diagnostics;
}

TEST(Mixin, NamesInItAreLookedUpWhereItStands) {
  ExpectSame(R"(
schema shared;
function touch() returns trigger language plpgsql as $$ begin return new; end $$;
mixin stamps { trigger touch before update for each row execute touch(); }
schema app;
table t with stamps { a int; }
)",
             R"(
create schema shared;
create schema app;
create function shared.touch() returns trigger language plpgsql as $$ begin return new; end $$;
create table app.t (a int);
create trigger touch before update on app.t for each row execute function shared.touch();
)");
}

}  // namespace
}  // namespace schemac::testing
