// Input that nobody means well with, through the program: an error with its place or right SQL, in little
// time, never a crash and never half a file.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hostile/diff_from_empty.h"
#include "tests/postgres/process.h"

namespace schemac::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Repeat(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

constexpr std::size_t kDeep = 100'000;

struct Refused {
  std::string name;  // Of the file.
  std::string text;
  std::string message;  // A part of what is said.
};

TEST(HostileInputTest, IsRefusedAtItsPlaceAndNothingIsWritten) {
  const std::vector<Refused> cases = {
      {"a.schema",
       std::string("\x7F"
                   "ELF\0\1\2\xFF",
                   8),
       "a zero byte"},
      {"a.sql",
       std::string("\x7F"
                   "ELF\0\1\2\xFF",
                   8),
       "a zero byte"},
      {"a.schema", "table t { a\xFF int; }", "invalid-utf8"},
      {"a.sql", "create table t (a\xFF int);", "invalid-utf8"},
      {"a.schema", "table t { a int default " + Repeat("(", kDeep) + "1" + Repeat(")", kDeep) + "; }",
       "nested more than 200 deep"},
      {"a.sql", "create table t (a int default " + Repeat("(", kDeep) + "1" + Repeat(")", kDeep) + ");",
       "nested too deeply"},
      {"a.schema", Repeat("{", 1'000'000), "nested more than 200 deep"},
      {"a.sql", Repeat("(", 1'000'000), "nested too deeply"},
      {"a.sql", "create table t (a int[] check (a" + Repeat("[1]", kDeep) + " is null));",
       "too many operators"},
      {"a.sql", "create view v as select (a)" + Repeat(".b", kDeep) + " from t;", "too many operators"},
      {"a.sql", "create table t (a text check (a " + Repeat("collate \"C\" ", kDeep) + "= 'x'));",
       "too many operators"},
      {"a.sql", "create view v as select 1" + Repeat(" union (select 1)", kDeep) + ";", "too many operators"},
      {"a.sql", Repeat("/*", kDeep), "comments are nested too deeply"},
      {"a.sql", "create table t (a int); /* never", "unterminated /* comment"},
      {"a.sql", Repeat("'", kDeep + 1), "unterminated quoted string"},
      {"a.schema", Repeat("-- many lines\n", 4'000'000), "is no schema"},
      {"a.schema", "-- " + Repeat("x", 50'000'000), "is no schema"},
      {"a.sql", "create table t (\n<<<<<<< HEAD\n  a int\n=======\n  a bigint\n>>>>>>> other\n);\n",
       "a.sql:2:1:"},
      {"a.schema", "table t {\n<<<<<<< HEAD\n  a int;\n=======\n  a bigint;\n>>>>>>> other\n}\n",
       "a.schema:2:1:"},
  };
  for (const Refused& refused : cases) {
    SCOPED_TRACE(refused.name + ": " + refused.text.substr(0, 60));
    const TemporaryFolder folder;
    const ProcessResult result = DiffFromEmpty(folder, refused.name, refused.text);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, StartsWith(refused.name + ":"));
    EXPECT_THAT(result.err, HasSubstr(refused.message));
    EXPECT_FALSE(std::filesystem::exists(folder.path() + "/up.sql"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() + "/down.sql"));
  }
}

// What merely looks odd is read for what it means.
TEST(HostileInputTest, MarksLineEndsAndBulkAreNoObstacle) {
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
           {"a.sql",
            "\xEF\xBB\xBF"
            "create table t (\r\n  a int\r\n);\r\n"},
           {"a.schema",
            "\xEF\xBB\xBF"
            "table t {\r\n  a int;\r\n}\r\n"},
           {"a.sql", Repeat("\n", 50'000'000) + "create table t (a int);"},
           {"a.sql", "create table t (a int);\ncopy t from stdin;\n" + Repeat("1\n", 1'000'000) + "\\.\n"},
       }) {
    SCOPED_TRACE(name + ": " + text.substr(0, 40));
    const TemporaryFolder folder;
    const ProcessResult result = DiffFromEmpty(folder, name, text);
    EXPECT_EQ(result.exit_code, 0) << result.err.substr(0, 1000);
    EXPECT_THAT(ReadFile(folder.path() + "/up.sql"), HasSubstr("CREATE TABLE t"));
    EXPECT_THAT(ReadFile(folder.path() + "/down.sql"), HasSubstr("DROP TABLE t"));
  }
}

TEST(HostileInputTest, WhatIsNoReadableFileIsNamed) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() + "/folder.sql");
  for (const std::string path : {"missing.sql", "folder.sql", "/dev/full/x.sql"}) {
    const ProcessResult result = RunProcess({SCHEMAC_PROGRAM, "diff", "--from", "empty", "--to", path},
                                            {folder.path(), "", {}, false});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr(path));
    EXPECT_THAT(result.err, HasSubstr("[io]"));
  }
}

TEST(HostileInputTest, AFullDiskIsAnError) {
  const TemporaryFolder folder;
  const std::string script = folder.Write("a.sql", "create table t (a int);");
  const ProcessResult result = RunProcess(
      {"sh", "-c", std::string(SCHEMAC_PROGRAM) + " diff --from empty --to " + script + " >/dev/full"},
      {folder.path(), "", {}, false});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("standard output"));
}

}  // namespace
}  // namespace schemac::testing
