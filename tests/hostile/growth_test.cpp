// More of everything than anybody has: what PostgreSQL has no room for is refused at once, the rest takes
// time in proportion.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hostile/diff_from_empty.h"
#include "tests/postgres/process.h"

namespace schemac::testing {
namespace {

using ::testing::HasSubstr;

// Far beyond what a walk over the whole catalog for each statement would allow in the time given.
constexpr int kMany = 4000;

template <typename Line>
std::string Lines(int count, const Line& line) {
  std::string text;
  for (int i = 0; i < count; ++i) text += line(i);
  return text;
}

struct Excess {
  std::string name;  // Of the file.
  std::string text;
  std::string message;  // With its place.
};

TEST(GrowthTest, WhatNoServerHasRoomForIsRefusedInItsWords) {
  const auto columns = [](int count, std::string_view end) {
    return Lines(count, [&](int i) { return fmt::format("c{} int{}\n", i, i + 1 < count ? end : ""); });
  };
  const auto names = [](int count) {
    return Lines(count, [](int i) { return fmt::format("{}c{}", i == 0 ? "" : ", ", i); });
  };
  const std::string table = "create table t (\n" + columns(200, ",") + ");\n";
  const std::vector<Excess> cases = {
      {"a.sql", "create table t (\n" + columns(100'000, ",") + ");",
       "a.sql:1602:1: error: tables can have at most 1600 columns"},
      {"a.schema", "table t {\n" + columns(100'000, ";") + ";}",
       "a.schema:1602:1: error: tables can have at most 1600 columns"},
      {"a.sql", "create table t (\n" + columns(1600, ",") + ");\nalter table t add column more int;",
       "tables can have at most 1600 columns"},
      {"a.sql", "create type t as (\n" + columns(100'000, ",") + ");",
       "tables can have at most 1600 columns"},
      {"a.sql", table + "create index i on t (" + names(33) + ");",
       "cannot use more than 32 columns in an index"},
      {"a.sql", table + "create index i on t (c0) include (" + names(33).substr(4) + ");",
       "cannot use more than 32 columns in an index"},
      {"a.sql", table + "alter table t add primary key (" + names(33) + ");",
       "cannot use more than 32 columns in an index"},
      {"a.sql", "create table t (\n" + columns(200, ",") + ") partition by range (" + names(33) + ");",
       "cannot partition using more than 32 columns"},
      {"a.sql",
       "create function f(" + Lines(101, [](int i) { return fmt::format("{}int", i == 0 ? "" : ", "); }) +
           ") returns int language sql as 'select 1';",
       "functions cannot have more than 100 arguments"},
  };
  for (const Excess& excess : cases) {
    SCOPED_TRACE(excess.name + ": " + excess.message + ": " + excess.text.substr(excess.text.size() - 60));
    const TemporaryFolder folder;
    const ProcessResult result = DiffFromEmpty(folder, excess.name, excess.text);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err.substr(0, 2000), HasSubstr(excess.message));
    EXPECT_FALSE(std::filesystem::exists(folder.path() + "/up.sql"));
  }
}

TEST(GrowthTest, AFullTableIsNoObstacle) {
  const TemporaryFolder folder;
  const std::string columns =
      Lines(1600, [](int i) { return fmt::format("  c{} int not null default {};\n", i, i); });
  const ProcessResult result = DiffFromEmpty(folder, "a.schema", "table t {\n" + columns + "}\n");
  EXPECT_EQ(result.exit_code, 0) << result.err.substr(0, 1000);
  EXPECT_THAT(ReadFile(folder.path() + "/up.sql"), HasSubstr("c1599"));
}

TEST(GrowthTest, EachStatementCostsWhatItTouches) {
  const auto each = [](std::string_view format) {
    return Lines(kMany, [&](int i) { return fmt::format(fmt::runtime(format), i); });
  };
  const std::string tables = each("create table t{0} (a int primary key, b int);\n");
  const std::vector<std::pair<std::string, std::string>> scripts = {
      {"dropped", tables + each("drop table t{0};\n") + "create table last (a int);\n"},
      {"columns dropped",
       tables + each("alter table t{0} drop column b;\n") + "create table last (a int);\n"},
      {"renamed", tables + each("alter table t{0} rename to u{0};\n") + "create table last (a int);\n"},
      {"columns renamed",
       tables + each("alter table t{0} rename column b to c;\n") + "create table last (a int);\n"},
      {"types", each("create type e{0} as enum ('a');\n") + each("alter type e{0} rename to f{0};\n") +
                    each("drop type f{0};\n") + "create table last (a int);\n"},
      {"partitions", "create table p (a int) partition by list (a);\n" +
                         each("create table p{0} partition of p for values in ({0});\n") +
                         "create table last (a int);\n"},
  };
  for (const auto& [name, script] : scripts) {
    SCOPED_TRACE(name);
    const TemporaryFolder folder;
    const ProcessResult result = DiffFromEmpty(folder, "a.sql", script);
    EXPECT_EQ(result.exit_code, 0) << result.err.substr(0, 1000);
    EXPECT_THAT(ReadFile(folder.path() + "/up.sql"), HasSubstr("CREATE TABLE last"));
  }
}

}  // namespace
}  // namespace schemac::testing
