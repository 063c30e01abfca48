#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class DiffStatesTest : public ::testing::Test {
 protected:
  Outcome Diff(const std::string& from, const std::string& to, const std::vector<std::string>& more = {}) {
    world_.files.texts["a.sql"] = from;
    world_.files.texts["b.sql"] = to;
    std::vector<std::string> arguments{"diff", "--from", "a.sql", "--to", "b.sql"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return world_.Run(arguments);
  }

  FakeWorld world_;
};

TEST_F(DiffStatesTest, WritesBothFilesWithoutAProject) {
  const Outcome outcome = Diff("create table t (a int);", "create table t (a int, b text);",
                               {"--up", "u.sql", "--down", "d.sql", "--allow", "all", "--no-rename"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(world_.files.texts["u.sql"], HasSubstr("ALTER TABLE t ADD COLUMN b text"));
  EXPECT_THAT(world_.files.texts["d.sql"], HasSubstr("ALTER TABLE t DROP COLUMN b"));
  EXPECT_THAT(world_.files.texts["u.sql"], Not(HasSubstr("schemac_revision")));
  EXPECT_THAT(outcome.out, HasSubstr("create column"));
}

TEST_F(DiffStatesTest, NothingDiffersStillWritesComments) {
  const Outcome outcome =
      Diff("create table t (a int4);", "create table t (a integer);", {"--up", "u.sql", "--down", "d.sql"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(world_.files.texts["u.sql"], StartsWith("--"));
  EXPECT_THAT(world_.files.texts["d.sql"], StartsWith("--"));
  EXPECT_THAT(outcome.err, HasSubstr("nothing differs"));
}

TEST_F(DiffStatesTest, PrintsTheUpgradeWithoutUp) {
  const Outcome outcome = Diff("", "create table t (a int);");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("CREATE TABLE t ("));
  EXPECT_EQ(world_.files.texts.size(), 2U);
}

TEST_F(DiffStatesTest, ExitCodeTells) {
  EXPECT_EQ(Diff("create table t (a int);", "create table t (a int);", {"--exit-code"}).exit_code, 0);
  EXPECT_EQ(Diff("create table t (a int);", "create table t (b int);",
                 {"--exit-code", "--no-rename", "--allow", "all"})
                .exit_code,
            2);
}

TEST_F(DiffStatesTest, LikelyRenameIsAskedNotGuessed) {
  const std::string before = "create table t (id int, phone_number text);";
  const std::string after = "create table t (id int, phone text);";
  const Outcome refused = Diff(before, after, {"--allow", "all", "--up", "u.sql"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--rename t.phone_number=phone"));
  EXPECT_THAT(refused.err, HasSubstr("--no-rename"));
  EXPECT_FALSE(world_.files.texts.contains("u.sql"));

  const Outcome renamed = Diff(before, after, {"--rename", "t.phone_number=phone"});
  EXPECT_EQ(renamed.exit_code, 0) << renamed.err;
  EXPECT_THAT(renamed.out, HasSubstr("RENAME COLUMN phone_number TO phone"));

  const Outcome replaced = Diff(before, after, {"--no-rename", "--allow", "drop-column"});
  EXPECT_EQ(replaced.exit_code, 0) << replaced.err;
  EXPECT_THAT(replaced.out, HasSubstr("DROP COLUMN phone_number"));

  world_.interactive = true;
  world_.input = "y\n";
  const Outcome asked = Diff(before, after);
  EXPECT_EQ(asked.exit_code, 0) << asked.err;
  EXPECT_THAT(asked.err, HasSubstr("was it renamed? [y/N]"));
  EXPECT_THAT(asked.out, HasSubstr("RENAME COLUMN phone_number TO phone"));
}

TEST_F(DiffStatesTest, DataLossIsRefusedUnlessAllowed) {
  const Outcome refused = Diff("create table t (a int, b int);", "create table t (a int);");
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("drop-column"));
  EXPECT_EQ(
      Diff("create table t (a int, b int);", "create table t (a int);", {"--allow", "drop-table,drop-column"})
          .exit_code,
      0);
}

TEST_F(DiffStatesTest, BackfillGivesExistingRowsAValue) {
  const std::string after = "create table t (a int, region text not null);";
  const Outcome refused = Diff("create table t (a int);", after);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--backfill"));
  const Outcome filled = Diff("create table t (a int);", after, {"--backfill", "t.region='eu'"});
  EXPECT_EQ(filled.exit_code, 0) << filled.err;
  EXPECT_THAT(filled.out, HasSubstr("UPDATE t SET region = 'eu'"));
}

TEST_F(DiffStatesTest, LossAndRequiredColumnsAreAskedAtATerminal) {
  world_.interactive = true;
  world_.input = "'eu'\ny\n";
  const Outcome answered = Diff("create table t (a int, b int);",
                                "create table t (a int, region text not null);", {"--no-rename"});
  EXPECT_EQ(answered.exit_code, 0) << answered.err;
  EXPECT_THAT(answered.err, HasSubstr("what do rows that exist get?"));
  EXPECT_THAT(answered.err, HasSubstr("allow drop-column? [y/N]"));
  EXPECT_THAT(answered.out, HasSubstr("UPDATE t SET region = 'eu'"));
  EXPECT_THAT(answered.out, HasSubstr("DROP COLUMN b"));
  world_.input = "\nn\n";
  const Outcome declined = Diff("create table t (a int, b int);",
                                "create table t (a int, region text not null);", {"--no-rename"});
  EXPECT_EQ(declined.exit_code, 1);
  EXPECT_THAT(declined.err, HasSubstr("--backfill"));
}

TEST_F(DiffStatesTest, HazardsAreKnownByName) {
  const Outcome outcome =
      Diff("create table t (a int, b int);", "create table t (a int);", {"--allow", "drop-colum"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("write drop-column"));
}

TEST_F(DiffStatesTest, AnswersThatFitNothingAreErrors) {
  for (const auto& [flag, value] :
       std::vector<std::pair<std::string, std::string>>{{"--rename", "t.nope=x"},
                                                        {"--rename", "t"},
                                                        {"--rename", "=x"},
                                                        {"--rename", "\"t=x"},
                                                        {"--backfill", "t.nope=1"},
                                                        {"--backfill", "t.a"},
                                                        {"--backfill", "t.a=1 +"},
                                                        {"--allow", "Drop Table"},
                                                        {"--format", "xml"}}) {
    const Outcome outcome = Diff("create table t (a int);", "create table t (a int);", {flag, value});
    EXPECT_EQ(outcome.exit_code, 1) << flag << " " << value;
    EXPECT_THAT(outcome.err, HasSubstr("error")) << flag << " " << value;
    EXPECT_THAT(outcome.out, IsEmpty());
  }
}

TEST_F(DiffStatesTest, JsonHasItsStableKeys) {
  const Outcome outcome =
      Diff("create table t (a int);", "create table t (a int, b text);", {"--format", "json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const nlohmann::json report = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(report["schema_version"], 1);
  ASSERT_EQ(report["changes"].size(), 1U);
  EXPECT_EQ(report["changes"][0]["action"], "create");
  EXPECT_EQ(report["changes"][0]["kind"], "column");
  EXPECT_EQ(report["changes"][0]["object"], "t.b");
  ASSERT_GE(report["statements"].size(), 1U);
  for (const char* key :
       {"sql", "object", "lock", "rewrite", "scan", "data_loss", "hazard", "in_transaction"}) {
    EXPECT_TRUE(report["statements"][0].contains(key)) << key;
  }
  EXPECT_EQ(report["statements"][0]["lock"], "ACCESS EXCLUSIVE");
  EXPECT_EQ(report["downgrade_statements"][0]["data_loss"], true);
}

TEST_F(DiffStatesTest, StandardInputAndEmpty) {
  world_.input = "create table t (a int);";
  const Outcome sql = world_.Run({"diff", "--from", "empty", "--to", "-"});
  EXPECT_EQ(sql.exit_code, 0) << sql.err;
  EXPECT_THAT(sql.out, HasSubstr("CREATE TABLE t"));
  world_.input = "-- a model\ntable t { a int; }\n";
  const Outcome model = world_.Run({"diff", "--from", "empty", "--to", "-"});
  EXPECT_EQ(model.exit_code, 0) << model.err;
  EXPECT_EQ(model.out, sql.out);
}

TEST_F(DiffStatesTest, HostileInputGivesErrors) {
  const std::vector<std::string> inputs{std::string("create table t (a int);\0", 24), "\xff\xfe\x00",
                                        "create table", "<<<<<<< HEAD\ncreate table t();",
                                        std::string(10000, '(')};
  for (const std::string& input : inputs) {
    const Outcome outcome = Diff("", input, {"--up", "u.sql"});
    EXPECT_EQ(outcome.exit_code, 1) << input.substr(0, 40);
    EXPECT_THAT(outcome.err, HasSubstr("error"));
    EXPECT_FALSE(world_.files.texts.contains("u.sql"));
  }
  EXPECT_EQ(world_.Run({"diff", "--from", "none.sql", "--to", "empty"}).exit_code, 1);
  EXPECT_EQ(world_.Run({"diff", "--from", "git:--output=x", "--to", "empty"}).exit_code, 1);
}

TEST_F(DiffStatesTest, FullDiskWritesNothing) {
  world_.files.full = true;
  const Outcome outcome = Diff("", "create table t (a int);", {"--up", "u.sql", "--down", "d.sql"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("no space left"));
  EXPECT_FALSE(world_.files.texts.contains("u.sql"));
}

}  // namespace
}  // namespace schemac
