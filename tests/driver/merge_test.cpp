// Branches of the history: merging them, squashing what is old, protecting what is released.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kBase =
    "enum state { open, closed }\n"
    "table t { id bigint primary key; a integer default 0; b text; state state; }\n"
    "function f() returns integer language sql as 'select 1';\n"
    "view v as select id, b from t;\n";

class MergeTest : public ::testing::Test {
 protected:
  MergeTest() {
    world_.Project(kBase);
    Must({"diff", "-m", "first"});
  }
  std::string& File(const std::string& path) { return world_.files.texts[path]; }
  [[nodiscard]] bool Has(const std::string& path) const { return world_.files.texts.contains(path); }
  Outcome Must(std::vector<std::string> arguments) {
    Outcome outcome = world_.Run(std::move(arguments));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
    return outcome;
  }
  // A revision with these changes and its compiled scripts.
  void Add(const std::string& id, const std::string& parents, const std::string& changes) {
    File("migrations/" + id + ".mdiff") = "revision " + id + ";\nrevises " + parents + ";\n" + changes + "\n";
    Must({"compile", id});
  }
  Outcome Merge(const std::string& left, const std::string& right, std::vector<std::string> more = {}) {
    Add("0002_l", "0001_first", left);
    Add("0002_r", "0001_first", right);
    more.insert(more.begin(), {"merge"});
    return world_.Run(more);
  }

  FakeWorld world_;
};

TEST_F(MergeTest, WhatCommutesIsMerged) {
  const Outcome merged =
      Merge("alter table t { add column x text; alter column a set default 1; }",
            "alter table t { add column y text; }\nadd table u { id bigint primary key; }");
  ASSERT_EQ(merged.exit_code, 0) << merged.err;
  EXPECT_THAT(
      merged.err,
      AllOf(HasSubstr("both sides change table \"t\"; they commute"),
            HasSubstr("0002_l: create column \"x\" of table \"t\": text (migrations/0002_l.mdiff:3:28)")));
  EXPECT_THAT(File("migrations/0003_merge.mdiff"), HasSubstr("revises  0002_l, 0002_r;"));
  EXPECT_EQ(File("migrations/head"), "0003_merge\n");
  EXPECT_EQ(Must({"heads"}).out, "0003_merge (head): Merge 0002_l and 0002_r\n");

  File("schema/app.schema") =
      "enum state { open, closed }\n"
      "table t { id bigint primary key; a integer default 1; b text; state state; x text; y text; }\n"
      "table u { id bigint primary key; }\n"
      "function f() returns integer language sql as 'select 1';\n"
      "view v as select id, b from t;\n";
  const Outcome check = Must({"check"});
  EXPECT_THAT(check.out, HasSubstr("all is well: 4 revisions"));
  EXPECT_THAT(Must({"diff"}).err, HasSubstr("nothing to do"));
  // From either side only what is missing there.
  const std::string up_l = File("migrations/0002_l.up.sql");
  const std::string up_r = File("migrations/0002_r.up.sql");
  const std::string up_m = File("migrations/0003_merge.up.sql");
  EXPECT_EQ(Must({"upgrade", "0002_r:head", "--sql"}).out, up_l + "\n" + up_m);
  EXPECT_EQ(Must({"upgrade", "0002_l:head", "--sql"}).out, up_r + "\n" + up_m);
  EXPECT_THAT(up_m, AllOf(HasSubstr("builds on 0002_l"), HasSubstr("0002_r")));
  EXPECT_EQ(Must({"downgrade", "head:0002_l", "--sql"}).exit_code, 0);
}

TEST_F(MergeTest, DrawsTheHistory) {
  ASSERT_EQ(Merge("alter table t { add column x text; }", "alter table t { add column y text; }").exit_code,
            0);
  Add("0004_z", "0003_merge", "alter table t { add column z text; }");
  EXPECT_EQ(Must({"history", "--graph"}).out,
            "* 0001_first: first\n"
            "|-.\n"
            "* | 0002_l\n"
            "| * 0002_r\n"
            "|-'\n"
            "* 0003_merge: Merge 0002_l and 0002_r\n"
            "* 0004_z (head)\n");
  EXPECT_EQ(Must({"history", "0002_l:0003"}).out, "0002_r\n0003_merge: Merge 0002_l and 0002_r\n");
  EXPECT_EQ(Must({"branches"}).out, "0001_first: first\n  -> 0002_l\n  -> 0002_r\n");
  EXPECT_THAT(Must({"history", "--format", "json"}).out, HasSubstr("\"revised_by\": [\n        \"0002_l\","));
}

TEST_F(MergeTest, ConflictsAreToldWithBothPlaces) {
  const Outcome merged = Merge("alter table t { add index by_b (b); }",
                               "alter table t { drop column b; }\n"
                               "drop view v;\nallow drop-column;");
  EXPECT_EQ(merged.exit_code, 1);
  EXPECT_THAT(merged.err, AllOf(HasSubstr("migrations/0002_l.mdiff:3:27: error: 0002_r drops column \"b\" of "
                                          "table \"t\", which 0002_l needs: "
                                          "create index \"by_b\" of table \"t\" [history]"),
                                HasSubstr("migrations/0002_r.mdiff:3:29: note: the other side is here")));
  EXPECT_FALSE(Has("migrations/0003_merge.mdiff"));
}

struct Clash {
  const char* left;
  const char* right;
  const char* message;
};

TEST_F(MergeTest, RefusesWhatIsNotDefined) {
  for (const Clash& clash : std::vector<Clash>{
           {"alter table t { add column x text; }", "alter table t { add column x integer; }",
            "two different things are called column \"x\" of table \"t\""},
           {"alter table t { add column x text; }", "alter table t { add column x text; }",
            "both sides make column \"x\" of table \"t\""},
           {"alter table t { alter column a set default 1; }",
            "alter table t { alter column a set default 2; }",
            "both sides change column \"a\" of table \"t\""},
           {"alter enum state { add x; }", "alter enum state { add y; }", "both sides change enum \"state\""},
           {"alter table t { rename column a to c; }", "alter table t { add check (a > 0); }",
            "0002_l renames column \"a\" of table \"t\", which 0002_r needs"},
           {"replace view v as select id, b as c from t;", "drop view v;",
            "0002_r drops view \"v\"; 0002_l: alter view \"v\""},
           {"sql \"one\" { up $$ update t set a = 1; $$ }",
            "sql \"two\" { up $$ update t set a = a + 1; $$ }",
            "whether the order matters to the rows cannot be told; 0002_l: change rows: one"},
           {"drop function f();", "drop function f();", "both sides drop function \"f()\""},
       }) {
    SCOPED_TRACE(clash.right);
    const Outcome merged = Merge(clash.left, clash.right);
    EXPECT_EQ(merged.exit_code, 1);
    EXPECT_THAT(merged.err, HasSubstr(clash.message));
    EXPECT_FALSE(Has("migrations/0003_merge.mdiff"));
  }
}

TEST_F(MergeTest, TheWinnerHasTheLastWord) {
  const Outcome refused = Merge("alter table t { alter column a set default 1; }",
                                "alter table t { alter column a set default 2; }");
  EXPECT_THAT(refused.err, HasSubstr("--wins 0002_l or --wins 0002_r"));
  Must({"merge", "--wins", "0002_l"});
  EXPECT_THAT(File("migrations/0003_merge.up.sql"), HasSubstr("ALTER COLUMN a SET DEFAULT 1"));
  EXPECT_THAT(Must({"upgrade", "0002_l:head", "--sql"}).out, HasSubstr("0003_merge"));
  EXPECT_THAT(Must({"upgrade", "0002_r:head", "--sql"}).out, HasSubstr("0003_merge"));
  // The downgrade of 0002_r does not know of the other's default.
  const Outcome down = world_.Run({"downgrade", "head:0002_l", "--sql"});
  EXPECT_EQ(down.exit_code, 1);
  EXPECT_THAT(down.err, HasSubstr("do not lead there"));
  Must({"downgrade", "head:0001", "--sql"});
}

TEST_F(MergeTest, RowsAreAcceptedByName) {
  const Outcome merged =
      Merge("sql \"one\" { up $$ update t set a = 1; $$ down $$ select 1; $$ }",
            "sql \"two\" { up $$ update t set b = ''; $$ down $$ select 1; $$ }", {"--accept", "rows"});
  EXPECT_EQ(merged.exit_code, 0) << merged.err;
}

TEST_F(MergeTest, TakesTwoThatAreApart) {
  EXPECT_THAT(world_.Run({"merge"}).err, HasSubstr("a merge takes two revisions"));
  Add("0002_l", "0001_first", "");
  EXPECT_THAT(world_.Run({"merge", "0001", "0002"}).err, HasSubstr("0002_l builds on 0001_first already"));
  EXPECT_THAT(world_.Run({"diff"}).err, HasSubstr("nothing to do"));
  Add("0002_r", "0001_first", "");
  EXPECT_THAT(world_.Run({"diff"}).err, AllOf(HasSubstr("2 heads"), HasSubstr("schemac merge")));
}

TEST_F(MergeTest, SeveralHeadsBecomeOne) {
  Add("0002_a", "0001_first", "alter table t { add column x text; }");
  Add("0002_b", "0001_first", "alter table t { add column y text; alter column a set default 1; }");
  Add("0003_c", "0002_b", "alter table t { add index by_y (y); }");
  Add("0002_d", "0001_first", "add table u { id bigint primary key; }");
  const Outcome merged = Must({"merge"});
  EXPECT_THAT(File("migrations/0004_merge.mdiff"), HasSubstr("revises  0002_a, 0002_d, 0003_c;"));
  EXPECT_EQ(Must({"heads"}).out, "0004_merge (head): Merge 0002_a, 0002_d and 0003_c\n");
  File("schema/app.schema") =
      "enum state { open, closed }\n"
      "table t { id bigint primary key; a integer default 1; b text; state state; x text; y text;\n"
      "  index by_y (y); }\n"
      "table u { id bigint primary key; }\n"
      "function f() returns integer language sql as 'select 1';\n"
      "view v as select id, b from t;\n";
  EXPECT_THAT(Must({"check"}).out, HasSubstr("all is well: 6 revisions"));
  const std::string end = File("migrations/0004_merge.up.sql");
  EXPECT_EQ(Must({"upgrade", "0003_c:head", "--sql"}).out,
            File("migrations/0002_a.up.sql") + "\n" + File("migrations/0002_d.up.sql") + "\n" + end);
  Must({"downgrade", "head:0002_a", "--sql"});
}

TEST_F(MergeTest, EveryTwoOfSeveralAreJudged) {
  Add("0002_a", "0001_first", "alter table t { alter column a set default 1; }");
  Add("0002_b", "0001_first", "alter table t { add column y text; }");
  Add("0002_c", "0001_first", "alter table t { alter column a set default 2; }");
  const Outcome merged = world_.Run({"merge"});
  EXPECT_EQ(merged.exit_code, 1);
  EXPECT_THAT(merged.err, HasSubstr("--wins 0002_a or --wins 0002_c"));
  EXPECT_THAT(world_.Run({"merge", "--wins", "0002_a"}).err,
              HasSubstr("--wins is between two revisions, and these are 3: 0002_a, 0002_b, 0002_c"));
  EXPECT_THAT(world_.Run({"merge", "0002_a", "0002_b", "0002_a"}).err, HasSubstr("named twice"));
  EXPECT_FALSE(Has("migrations/0003_merge.mdiff"));
  Must({"merge", "0002_a", "0002_c", "--wins", "0002_a"});
  Must({"merge"});
  EXPECT_THAT(File("migrations/0004_merge.mdiff"), HasSubstr("0003_merge"));
}

TEST_F(MergeTest, TooManyOrdersAreRefused) {
  for (int i = 0; i < 7; ++i) {
    const std::string name = "n" + std::to_string(i);
    Add("0002_" + name, "0001_first", "alter table t { add column " + name + " text; }");
  }
  EXPECT_THAT(world_.Run({"merge"}).err, AllOf(HasSubstr("7 branches have too many orders to try"),
                                               HasSubstr("name 6 of them, and merge again")));
}

TEST_F(MergeTest, TellsProgramsWhatItFound) {
  const Outcome refused = Merge("alter table t { alter column a set default 1; }",
                                "alter table t { alter column a set default 2; }", {"--format", "json"});
  EXPECT_EQ(refused.exit_code, 1);
  const nlohmann::json found = nlohmann::json::parse(refused.out);
  EXPECT_EQ(found["heads"], nlohmann::json({"0002_l", "0002_r"}));
  EXPECT_EQ(found["revision"], nullptr);
  ASSERT_EQ(found["conflicts"].size(), 1U);
  EXPECT_EQ(found["conflicts"][0]["kind"], "order");
  EXPECT_EQ(found["conflicts"][0]["accepted"], false);
  EXPECT_EQ(found["conflicts"][0]["places"][1]["file"], "migrations/0002_r.mdiff");
  EXPECT_EQ(found["conflicts"][0]["places"][1]["line"], 3);
  EXPECT_EQ(found["shared"][0]["object"], "table \"t\"");
  const nlohmann::json merged =
      nlohmann::json::parse(Must({"merge", "--wins", "0002_l", "--format", "json"}).out);
  EXPECT_EQ(merged["revision"], "0003_merge");
  EXPECT_EQ(merged["files"][0], "migrations/0003_merge.mdiff");
  EXPECT_EQ(merged["conflicts"][0]["accepted"], true);
}

TEST_F(MergeTest, SquashMakesOneOfMany) {
  Add("0002_x", "0001_first", "alter table t { add column x text; }");
  Add("0003_y", "0002_x", "alter table t { add column y text; }");
  File("schema/app.schema") =
      std::string(kBase).replace(std::string(kBase).find("b text;"), 0, "x text; y text; ");
  const std::string third = File("migrations/0003_y.up.sql");
  const Outcome squashed = Must({"squash", "0002"});
  EXPECT_THAT(squashed.out, AllOf(HasSubstr("wrote migrations/0002_x.mdiff"),
                                  HasSubstr("removed migrations/0001_first.up.sql")));
  EXPECT_FALSE(Has("migrations/0001_first.mdiff"));
  EXPECT_THAT(File("migrations/0002_x.up.sql"), HasSubstr("CREATE TABLE t"));
  EXPECT_EQ(File("migrations/0003_y.up.sql"), third);
  EXPECT_THAT(Must({"check"}).out, HasSubstr("all is well: 2 revisions"));
}

TEST_F(MergeTest, SquashLosesNothingUnasked) {
  Add("0002_x", "0001_first", "sql \"one\" { up $$ update t set a = 1; $$ }");
  Add("0002_side", "0001_first", "alter table t { add column x text; }");
  EXPECT_THAT(world_.Run({"squash", "0002_x"}).err,
              HasSubstr("\"0002_side\" builds on \"0001_first\", which would go"));
  world_.files.texts.erase("migrations/0002_side.mdiff");
  EXPECT_THAT(
      world_.Run({"squash", "0002_x"}).err,
      AllOf(HasSubstr("0002_x.mdiff:3:5: error: these statements on rows"), HasSubstr("--accept rows")));
  Must({"release", "0001"});
  EXPECT_THAT(world_.Run({"squash", "0002_x", "--accept", "rows"}).err,
              HasSubstr("released already: 0001_first"));
  EXPECT_TRUE(Has("migrations/0001_first.mdiff"));
  Must({"squash", "0002_x", "--accept", "rows,released"});
  EXPECT_THAT(File("migrations/released"), Not(HasSubstr("0001_first")));
}

TEST_F(MergeTest, ReleasedRevisionsStayAsTheyAre) {
  EXPECT_EQ(Must({"release"}).out, "released 0001_first\n");
  EXPECT_THAT(Must({"history"}).out, HasSubstr("0001_first (head) (released): first"));
  // Comments and layout do not count.
  File("migrations/0001_first.mdiff") += "-- seen\n";
  Must({"compile"});
  std::string& up = File("migrations/0001_first.up.sql");
  const std::string before = up;
  up += "\nSELECT 1;\n";
  EXPECT_THAT(world_.Run({"compile", "--force"}).err,
              HasSubstr("0001_first.up.sql is released, and was changed since"));
  up = before;
  world_.files.texts.erase("migrations/0001_first.down.sql");
  EXPECT_THAT(Must({"compile"}).out, HasSubstr("wrote migrations/0001_first.down.sql"));
  std::string& revision = File("migrations/0001_first.mdiff");
  revision.replace(revision.find("integer"), 7, "bigint");
  for (const char* command : {"compile", "diff", "check"})
    EXPECT_THAT(world_.Run({command}).err, HasSubstr("migrations/0001_first.mdiff:1:10: error: revision "
                                                     "\"0001_first\" is released, and was changed since"));
  File("migrations/released") += "0009_x\n";
  EXPECT_THAT(world_.Run({"diff"}).err,
              HasSubstr("a revision and three checksums should stand in this line"));
}

TEST_F(MergeTest, TheHeadFileFollowsTheHead) {
  EXPECT_EQ(File("migrations/head"), "0001_first\n");
  Add("0002_l", "0001_first", "");
  EXPECT_EQ(File("migrations/head"), "0002_l\n");
  File("migrations/head") = "<<<<<<< ours\n";
  const Outcome check = world_.Run({"check"});
  EXPECT_EQ(check.exit_code, 2);
  EXPECT_THAT(check.out, HasSubstr("migrations/head does not name the head, 0002_l"));
  Must({"compile"});
  EXPECT_EQ(File("migrations/head"), "0002_l\n");
}

}  // namespace
}  // namespace schemac
