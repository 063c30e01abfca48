#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/driver/schema_files.h"
#include "compiler/driver/slug.h"
#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kFirst = "table tenants {\n  id bigint primary key;\n  phone_number text;\n}\n";
constexpr const char* kSecond =
    "table tenants {\n  id bigint primary key;\n  phone text was phone_number;\n  region text not null "
    "backfill 'eu';\n}\n";

// A project with the revision 0001_initial.
class ProjectTest : public ::testing::Test {
 protected:
  ProjectTest() {
    world_.Project(kFirst);
    const Outcome first = world_.Run({"diff"});
    EXPECT_EQ(first.exit_code, 0) << first.err;
  }
  std::string& File(const std::string& path) { return world_.files.texts[path]; }
  [[nodiscard]] bool Has(const std::string& path) const { return world_.files.texts.contains(path); }

  FakeWorld world_;
};

TEST_F(ProjectTest, DiffWritesThreeFiles) {
  EXPECT_THAT(File("migrations/0001_initial.mdiff"), HasSubstr("revision 0001_initial;"));
  EXPECT_THAT(File("migrations/0001_initial.up.sql"), HasSubstr("CREATE TABLE tenants"));
  EXPECT_THAT(File("migrations/0001_initial.down.sql"), HasSubstr("DROP TABLE tenants"));
  const Outcome again = world_.Run({"diff"});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.err, HasSubstr("nothing to do"));
  EXPECT_THAT(again.out, IsEmpty());
}

TEST_F(ProjectTest, NextRevisionThenSpentHints) {
  File("schema/app.schema") = kSecond;
  const Outcome preview = world_.Run({"diff", "--sql"});
  EXPECT_EQ(preview.exit_code, 0) << preview.err;
  EXPECT_EQ(world_.Run({"diff", "--exit-code"}).exit_code, 2);
  EXPECT_FALSE(Has("migrations/0002_phone_and_region.mdiff"));

  const Outcome outcome = world_.Run({"diff", "-m", "Phone and region"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::string& up = File("migrations/0002_phone_and_region.up.sql");
  EXPECT_THAT(up, HasSubstr("RENAME COLUMN phone_number TO phone"));
  EXPECT_THAT(up, HasSubstr("UPDATE tenants SET region = 'eu'"));
  EXPECT_THAT(up, HasSubstr("0001_initial"));
  EXPECT_THAT(File("migrations/0002_phone_and_region.down.sql"),
              HasSubstr("RENAME COLUMN phone TO phone_number"));

  EXPECT_THAT(world_.Run({"diff"}).err, HasSubstr("nothing to do"));
  const Outcome check = world_.Run({"check"});
  EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
}

TEST_F(ProjectTest, NamesRevisionsByWhatTheyDo) {
  File("schema/app.schema") = "table tenants { id bigint primary key; phone_number text; status text; }";
  EXPECT_EQ(world_.Run({"diff"}).exit_code, 0);
  EXPECT_TRUE(Has("migrations/0002_add_status_to_tenants.up.sql"));
}

TEST_F(ProjectTest, RangesPrintScriptsInOrder) {
  File("schema/app.schema") = kSecond;
  ASSERT_EQ(world_.Run({"diff", "-m", "two"}).exit_code, 0);
  const std::string up1 = File("migrations/0001_initial.up.sql");
  const std::string up2 = File("migrations/0002_two.up.sql");
  const std::string down1 = File("migrations/0001_initial.down.sql");
  const std::string down2 = File("migrations/0002_two.down.sql");
  EXPECT_EQ(world_.Run({"upgrade", "--sql"}).out, up1 + "\n" + up2);
  EXPECT_EQ(world_.Run({"upgrade", "+1", "--sql"}).out, up1);
  EXPECT_EQ(world_.Run({"upgrade", "0001:head", "--sql"}).out, up2);
  EXPECT_EQ(world_.Run({"upgrade", "0001:+1", "--sql"}).out, up2);
  EXPECT_EQ(world_.Run({"downgrade", "base", "--sql"}).out, down2 + "\n" + down1);
  EXPECT_EQ(world_.Run({"downgrade", "-1", "--sql"}).out, down2);
  EXPECT_EQ(world_.Run({"downgrade", "0002:0001", "--sql"}).out, down2);
  EXPECT_EQ(world_.Run({"downgrade", "0001:base", "--sql"}).out, down1);
  EXPECT_EQ(world_.Run({"upgrade", "head"}).exit_code, 1);
  EXPECT_EQ(world_.Run({"upgrade", "nope", "--sql"}).exit_code, 1);
  EXPECT_EQ(world_.Run({"upgrade", "0002:0001", "--sql"}).exit_code, 1);
}

TEST_F(ProjectTest, EditedSqlIsFoundAndCompiledAnew) {
  const std::string good = File("migrations/0001_initial.up.sql");
  File("migrations/0001_initial.up.sql") = good + "DROP TABLE tenants;\n";
  const Outcome check = world_.Run({"check"});
  EXPECT_EQ(check.exit_code, 2);
  EXPECT_THAT(check.out, HasSubstr("0001_initial.up.sql is not what its model diff compiles to"));
  for (const std::vector<std::string>& printing :
       {std::vector<std::string>{"upgrade", "--sql"}, {"upgrade", "--sql", "--idempotent"}, {"script"}}) {
    const Outcome kept = world_.Run(printing);
    EXPECT_EQ(kept.exit_code, 1);
    EXPECT_THAT(kept.err, HasSubstr("\"schemac compile --force 0001_initial\" writes it anew"));
  }
  const Outcome refused = world_.Run({"compile"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--force writes it anew"));
  EXPECT_EQ(world_.Run({"compile", "--force"}).exit_code, 0);
  EXPECT_EQ(File("migrations/0001_initial.up.sql"), good);
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
}

TEST_F(ProjectTest, EditedSqlIsJudgedByWhatItDoes) {
  std::string& up = File("migrations/0001_initial.up.sql");
  const std::string good = up;
  // In another way, with other comments: the same.
  up = "-- reviewed\n" + good;
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
  const std::size_t commit = good.find("COMMIT;");
  ASSERT_NE(commit, std::string::npos);
  up = good.substr(0, commit) +
       "ALTER TABLE tenants ADD COLUMN extra int;\nALTER TABLE tenants DROP COLUMN extra;\n" +
       good.substr(commit);
  const Outcome same = world_.Run({"check"});
  EXPECT_EQ(same.exit_code, 0) << same.out << same.err;
  EXPECT_EQ(world_.Run({"upgrade", "0001", "--sql"}).out, up);
  // Another state, or other rows: the difference is told.
  up = good.substr(0, commit) + "ALTER TABLE tenants ADD COLUMN extra int;\n" + good.substr(commit);
  EXPECT_THAT(world_.Run({"check"}).out, HasSubstr("extra"));
  up = good.substr(0, commit) + "DELETE FROM tenants;\n" + good.substr(commit);
  EXPECT_THAT(world_.Run({"check"}).out, HasSubstr("it runs \"DELETE FROM tenants\""));
  up = good.substr(0, good.find("INSERT INTO schemac_revision"));
  EXPECT_THAT(world_.Run({"check"}).out, HasSubstr("it does not run \"INSERT INTO schemac_revision"));
}

TEST_F(ProjectTest, CompileWritesOverWhatNobodyEdited) {
  std::string& up = File("migrations/0001_initial.up.sql");
  const std::string good = up;
  EXPECT_THAT(good, HasSubstr("-- checksum: "));
  // Comments and layout are no edit of what it says.
  up = "-- reviewed\n" + good + "\n\n";
  EXPECT_EQ(world_.Run({"compile"}).exit_code, 0);
  EXPECT_EQ(up, good);
  // Neither is SQL compiled under other settings, or from a model diff that changed since.
  File("schemac.toml") = "lock_timeout = \"9s\"\n";
  EXPECT_EQ(world_.Run({"compile"}).exit_code, 0);
  EXPECT_THAT(up, HasSubstr("lock_timeout = '9s'"));
  // An edit that does the same stays.
  const std::string same = up.substr(0, up.find("COMMIT;")) + "ANALYZE tenants;\nCOMMIT;\n";
  up = same;
  const Outcome kept = world_.Run({"compile"});
  EXPECT_EQ(kept.exit_code, 0) << kept.err;
  EXPECT_THAT(kept.err, HasSubstr("kept migrations/0001_initial.up.sql"));
  EXPECT_EQ(up, same);
}

TEST_F(ProjectTest, WithoutARangeDowngradeTakesTheLastRevisionBack) {
  EXPECT_EQ(world_.Run({"downgrade", "--sql"}).out, File("migrations/0001_initial.down.sql"));
}

TEST_F(ProjectTest, WhatAnOlderServerLacksIsRefusedAndToldInTheHeader) {
  File("schema/app.schema") =
      "table tenants { id bigint primary key; phone_number text; unique nulls not distinct (phone_number); }";
  File("schemac.toml") = "postgres_version = 14\n";
  const Outcome refused = world_.Run({"diff"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("NULLS NOT DISTINCT needs PostgreSQL 15, and postgres_version is 14"));
  File("schemac.toml") = "";
  EXPECT_THAT(world_.Run({"diff", "--sql"}).out, HasSubstr("for PostgreSQL 15 or later"));
  File("schemac.toml") = "postgres_version = 16\n";
  EXPECT_THAT(world_.Run({"diff", "--sql"}).out, HasSubstr("for PostgreSQL 16 or later"));
}

TEST_F(ProjectTest, CheckFindsAModelAhead) {
  File("schema/app.schema") = kSecond;
  const Outcome check = world_.Run({"check"});
  EXPECT_EQ(check.exit_code, 2);
  EXPECT_THAT(check.out, HasSubstr("the model is ahead"));
}

TEST_F(ProjectTest, EmptyRevisionTakesDataChanges) {
  ASSERT_EQ(world_.Run({"revision", "-m", "Clean up"}).exit_code, 0);
  std::string& text = File("migrations/0002_clean_up.mdiff");
  text += "\nsql \"tidy\" { up $$ update tenants set phone_number = null $$ down $$ select 1 $$ }\n";
  const Outcome compile = world_.Run({"compile", "0002"});
  EXPECT_EQ(compile.exit_code, 0) << compile.err;
  EXPECT_THAT(File("migrations/0002_clean_up.up.sql"), HasSubstr("update tenants set phone_number = null"));
}

TEST_F(ProjectTest, IdsMayBeChosen) {
  ASSERT_EQ(world_.Run({"revision", "-m", "Merge heads", "--id", "d6d022bcff3b"}).exit_code, 0);
  File("schema/app.schema") = kSecond;
  const Outcome diff = world_.Run({"diff", "--id", "003", "-m", "Second", "--allow", "all"});
  ASSERT_EQ(diff.exit_code, 0) << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("wrote migrations/003.up.sql"));
  EXPECT_EQ(world_.Run({"history"}).out, "0001_initial\nd6d022bcff3b: Merge heads\n003 (head): Second\n");
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
  EXPECT_EQ(world_.Run({"revision", "-m", "Again", "--id", "003"}).exit_code, 1);
  for (const std::string id : {"../up", "head", "-1", ".hidden", "a b", "a\nb"}) {
    const Outcome refused = world_.Run({"revision", "-m", "Bad name", "--id=" + id});
    EXPECT_EQ(refused.exit_code, 1) << id;
    EXPECT_THAT(refused.err, HasSubstr("a revision cannot be called")) << id;
  }
}

TEST_F(ProjectTest, HistoryHeadsShow) {
  EXPECT_EQ(world_.Run({"history"}).out, "0001_initial (head)\n");
  EXPECT_EQ(world_.Run({"heads"}).out, "0001_initial (head)\n");
  EXPECT_THAT(world_.Run({"show", "0001"}).out, HasSubstr("create table \"tenants\""));
  EXPECT_EQ(world_.Run({"show", "--sql"}).out, File("migrations/0001_initial.up.sql"));
  EXPECT_THAT(world_.Run({"history", "--format", "json"}).out, HasSubstr("\"head\": true"));
}

TEST_F(ProjectTest, RevisionsAreStatesToo) {
  const Outcome outcome = world_.Run({"diff", "--from", "0001", "--to", "base"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("drop-table"));
  EXPECT_EQ(world_.Run({"diff", "--from", "head", "--to", "schema", "--exit-code"}).exit_code, 0);
}

TEST_F(ProjectTest, FullDiskLeavesNoRevision) {
  File("schema/app.schema") = kSecond;
  world_.files.full = true;
  const Outcome outcome = world_.Run({"diff", "-m", "two"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_FALSE(Has("migrations/0002_two.mdiff"));
}

TEST_F(ProjectTest, FoundFromAFolderBelow) {
  File("schema/app.schema") = kSecond;
  const Outcome outcome = world_.Run({"-C", "schema", "diff", "-m", "two"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(Has("migrations/0002_two.mdiff"));
}

TEST_F(ProjectTest, ModelErrorsCarryTheirPlaces) {
  File("schema/app.schema") = "table tenants {\n  id bigint primary key;\n  index by_x (nope);\n}\n";
  const Outcome outcome = world_.Run({"diff"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("schema/app.schema:3:"));
}

TEST(DriverTest, InitMakesAProjectThatWorksAndNeverOverwrites) {
  FakeWorld world;
  EXPECT_EQ(world.Run({"init"}).exit_code, 0);
  const Outcome diff = world.Run({"diff"});
  EXPECT_EQ(diff.exit_code, 0) << diff.err;
  EXPECT_TRUE(world.files.texts.contains("migrations/0001_initial.up.sql"));
  EXPECT_EQ(world.Run({"fmt", "--check"}).exit_code, 0);
  const Outcome again = world.Run({"init"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.err, HasSubstr("exists already"));
}

TEST(DriverTest, UsageErrorsExitWithOne) {
  FakeWorld world;
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"nope"},
                                             {"diff", "--nope"},
                                             {"diff"},
                                             {"-C", "missing", "diff"},
                                             {"downgrade", "--sql"},
                                             {"--color", "x", "diff"}}) {
    const Outcome outcome = world.Run(arguments);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("error"));
  }
  EXPECT_EQ(world.Run({"version"}).exit_code, 0);
  EXPECT_THAT(world.Run({"--help"}).out, HasSubstr("diff"));
  EXPECT_THAT(world.Run({"diff", "--help"}).out, HasSubstr("--no-rename"));
}

TEST(DriverTest, FmtRewritesInPlaceAndReadsStandardInput) {
  FakeWorld world;
  world.Project("table   t {a int;}\n");
  EXPECT_EQ(world.Run({"fmt", "--check"}).exit_code, 2);
  EXPECT_EQ(world.Run({"fmt"}).exit_code, 0);
  EXPECT_EQ(world.Run({"fmt", "--check"}).exit_code, 0);
  EXPECT_THAT(world.files.texts["schema/app.schema"], HasSubstr("table t {\n"));
  world.input = "table t{a int;}";
  EXPECT_EQ(world.Run({"fmt", "-"}).out, world.files.texts["schema/app.schema"]);
}

TEST(SlugTest, Slugify) {
  EXPECT_EQ(Slugify("Add Provisioning fields!"), "add_provisioning_fields");
  EXPECT_EQ(Slugify("../../etc/passwd\n"), "etc_passwd");
  EXPECT_EQ(Slugify("\xF0\x9F\x98\x80"), "revision");
  EXPECT_LE(Slugify(std::string(300, 'x')).size(), 60U);
  EXPECT_EQ(Slugify(std::string(50, 'x') + " " + std::string(50, 'y')), std::string(50, 'x'));
}

TEST(InputsTest, TellsSqlFromModels) {
  EXPECT_TRUE(LooksLikeSql("-- x\n/* y */ CREATE TABLE t ();"));
  EXPECT_TRUE(LooksLikeSql("\\restrict abc\nSET x = 1;"));
  EXPECT_TRUE(LooksLikeSql(""));
  EXPECT_FALSE(LooksLikeSql("\xEF\xBB\xBF  Table t { }"));
  EXPECT_FALSE(LooksLikeSql("--- doc\nenum e { a }"));
}

}  // namespace
}  // namespace schemac
