// `schemac lint` from the outside: what it takes, and what it exits with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kRewrite = "SET lock_timeout = '5s';\nALTER TABLE t ALTER COLUMN a TYPE bigint;\n";

TEST(LintCommand, JudgesAFileAndSaysSoByItsExitCode) {
  FakeWorld world;
  world.files.texts["a.sql"] = kRewrite;
  const Outcome found = world.Run({"lint", "a.sql"});
  EXPECT_EQ(found.exit_code, 2);
  EXPECT_THAT(found.out, HasSubstr("a.sql:2:1: warning: t is rewritten unless"));
  EXPECT_EQ(found.err, "");
  EXPECT_EQ(world.Run({"lint", "a.sql", "--fail-on", "error"}).exit_code, 0);
  EXPECT_EQ(world.Run({"lint", "a.sql", "--fail-on", "never"}).exit_code, 0);
  const Outcome without = world.Run({"lint", "a.sql", "--disable", "change-type"});
  EXPECT_EQ(without.exit_code, 0);
  EXPECT_EQ(without.out, "nothing found\n");
}

TEST(LintCommand, KnowsWhatIsThereBefore) {
  FakeWorld world;
  world.files.texts["base.sql"] = "CREATE TABLE t (a varchar(10));";
  world.files.texts["a.sql"] = "SET lock_timeout = '5s';\nALTER TABLE t ALTER COLUMN a TYPE text;\n";
  EXPECT_EQ(world.Run({"lint", "a.sql"}).exit_code, 2);
  EXPECT_EQ(world.Run({"lint", "--from", "base.sql", "a.sql"}).exit_code, 0);
}

TEST(LintCommand, AFolderIsAPast) {
  FakeWorld world;
  world.files.texts["db/1_a.up.sql"] = "CREATE TABLE t (a integer);";
  world.files.texts["db/1_a.down.sql"] = "DROP TABLE t;";
  world.files.texts["db/2_b.up.sql"] = kRewrite;
  const Outcome found = world.Run({"lint", "db"});
  EXPECT_THAT(found.out, HasSubstr("2_b.up.sql:2:1: warning: t is rewritten [change-type]"));
  EXPECT_THAT(found.out, Not(HasSubstr("drop-table")));
}

TEST(LintCommand, JudgesRevisionsOnTheirStates) {
  FakeWorld world;
  world.Project("table t { id bigint primary key; a integer; }\n");
  ASSERT_EQ(world.Run({"diff", "-m", "first"}).exit_code, 0);
  const Outcome first = world.Run({"lint"});
  EXPECT_EQ(first.exit_code, 0) << first.out;
  world.files.texts["schema/app.schema"] = "table t { id bigint primary key; a bigint; }\n";
  ASSERT_EQ(world.Run({"diff", "-m", "second"}).exit_code, 0);
  const Outcome second = world.Run({"lint"});
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(second.out, HasSubstr("warning: t is rewritten [change-type]"));
  EXPECT_EQ(world.Run({"lint", "0001"}).exit_code, 0);
  EXPECT_EQ(world.Run({"lint", "base:head"}).exit_code, 2);
}

TEST(LintCommand, KnowsWhichColumnTellsWhoseARowIs) {
  FakeWorld world;
  world.Project("table t { id bigint primary key; owner_id bigint; a integer; }\n");
  ASSERT_EQ(world.Run({"diff", "-m", "first"}).exit_code, 0);
  ASSERT_EQ(world.Run({"revision", "-m", "second"}).exit_code, 0);
  world.files.texts["migrations/0002_second.mdiff"] +=
      "sql \"close\" {\n  up $$ update t set a = 2 where a = 1 $$\n  down $$ select 1 $$\n}\n";
  ASSERT_EQ(world.Run({"compile", "0002"}).exit_code, 0);
  EXPECT_THAT(world.Run({"lint"}).out, Not(HasSubstr("tenant-not-filtered")));
  const std::string wanted = "rows of every tenant are meant: no condition on owner_id of t";
  EXPECT_THAT(world.Run({"lint", "--tenant-column", "owner_id"}).out, HasSubstr(wanted));
  world.files.texts["schemac.toml"] += "[tenants]\ncolumns = [\"owner_id\"]\n";
  EXPECT_THAT(world.Run({"lint"}).out, HasSubstr(wanted));
  EXPECT_THAT(world.Run({"lint", "--tenant-column", "other"}).out, Not(HasSubstr(wanted)));
}

TEST(LintCommand, TakesTheProjectsSettings) {
  FakeWorld world;
  world.files.texts["a.sql"] = "SET lock_timeout = '5s';\nCREATE TABLE \"Item\" (a varchar(9));\n";
  EXPECT_EQ(world.Run({"lint", "a.sql"}).exit_code, 0);
  world.files.texts["schemac.toml"] =
      "[lint]\nenable = [\"prefer-text\"]\n[lint.naming]\ntable = { match = '^[a-z]', message = 'small' }\n";
  const Outcome found = world.Run({"lint", "a.sql"});
  EXPECT_EQ(found.exit_code, 2);
  EXPECT_THAT(found.out, HasSubstr("a.sql:2:1: warning: the name of table \"Item\": small [naming]"));
  EXPECT_EQ(world.Run({"lint", "a.sql", "--disable", "naming"}).exit_code, 0);
  world.files.texts["schemac.toml"] += "[lint]\n";
  EXPECT_EQ(world.Run({"lint", "a.sql"}).exit_code, 1);
  world.files.texts["schemac.toml"] = "[lint]\ndisable = [\"naming\"]\n[lint.naming]\nmatch = '^x'\n";
  EXPECT_EQ(world.Run({"lint", "a.sql"}).exit_code, 0);
  EXPECT_EQ(world.Run({"lint", "a.sql", "--enable", "naming"}).exit_code, 2);
}

TEST(LintCommand, ReadsStandardInput) {
  FakeWorld world;
  world.input = "DROP DATABASE d;";
  EXPECT_THAT(world.Run({"lint", "-", "--format", "github"}).out, HasSubstr("::error file=<stdin>,line=1"));
  EXPECT_THAT(world.Run({"lint", "-", "--format", "json"}).out, HasSubstr("\"rule\": \"drop-database\""));
  EXPECT_THAT(world.Run({"lint", "-", "--format", "sarif"}).out, HasSubstr("\"ruleId\": \"drop-database\""));
}

TEST(LintCommand, ExplainsRules) {
  FakeWorld world;
  const Outcome told = world.Run({"lint", "--explain", "set-not-null"});
  EXPECT_EQ(told.exit_code, 0);
  EXPECT_THAT(told.out, HasSubstr("set-not-null (warning)\n"));
  EXPECT_THAT(told.out, HasSubstr("found in\n    ALTER TABLE t ALTER COLUMN a SET NOT NULL;\n"));
  EXPECT_THAT(world.Run({"lint", "--rules"}).out, HasSubstr("drop-table"));
  const Outcome unknown = world.Run({"lint", "--explain", "set-not-nul"});
  EXPECT_EQ(unknown.exit_code, 1);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean \"set-not-null\"?"));
}

TEST(LintCommand, RefusesModels) {
  FakeWorld world;
  world.files.texts["a.schema"] = "table t { a integer; }";
  const Outcome refused = world.Run({"lint", "a.schema"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("\"a.schema\" is a model"));
}

}  // namespace
}  // namespace schemac
