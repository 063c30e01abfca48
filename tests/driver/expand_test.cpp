// Types that change in two revisions: what is written, what the states in between are, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ExpandTest : public ::testing::Test {
 protected:
  // A project at `before`, whose model now says `after`.
  void Between(const std::string& before, const std::string& after) {
    world_.Project(before);
    ASSERT_EQ(world_.Run({"diff"}).exit_code, 0);
    File("schema/app.schema") = after;
  }
  std::string& File(const std::string& path) { return world_.files.texts[path]; }
  Outcome Expand() { return world_.Run({"diff", "-m", "Wider", "--expand"}); }
  std::string Refusal(const std::string& before, const std::string& after) {
    Between(before, after);
    const Outcome done = Expand();
    EXPECT_EQ(done.exit_code, 1) << done.out;
    EXPECT_FALSE(world_.files.texts.contains("migrations/0002_wider_expand.mdiff"));
    return done.err;
  }

  FakeWorld world_;
};

TEST_F(ExpandTest, TwoRevisionsAreWritten) {
  Between("table t { id bigint primary key; total integer not null; }",
          "table t { id bigint primary key; total bigint not null; }");
  const Outcome done = Expand();
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out,
              HasSubstr("between the two, total_new (bigint) stands beside t.total (integer); trigger "
                        "zz_t_sync keeps them equal"));
  EXPECT_THAT(File("migrations/0002_wider_expand.mdiff"), HasSubstr("profile  online;"));
  EXPECT_THAT(File("migrations/0002_wider_expand.mdiff"), HasSubstr("backfill total"));
  EXPECT_THAT(File("migrations/0003_wider_contract.mdiff"), HasSubstr("revises  0002_wider_expand"));
  EXPECT_THAT(File("migrations/0003_wider_contract.mdiff"),
              HasSubstr("drop column total restore total_new;"));
  EXPECT_THAT(File("migrations/0003_wider_contract.mdiff"),
              HasSubstr("rename column total_new on t to total;"));
  // What goes is in the column that stays, and nobody has to allow it.
  EXPECT_THAT(File("migrations/0003_wider_contract.mdiff"), Not(HasSubstr("allow")));
  EXPECT_THAT(File("migrations/0003_wider_contract.up.sql"), HasSubstr("-- data:   loses none"));
  EXPECT_THAT(File("migrations/0002_wider_expand.down.sql"), HasSubstr("-- data:   loses none"));
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0) << world_.Run({"check"}).err;
  EXPECT_THAT(world_.Run({"compile"}).err, HasSubstr("nothing to do"));
  EXPECT_THAT(world_.Run({"diff"}).err, HasSubstr("nothing to do"));
}

// A trigger that comes after the rows are filled would miss those that are written meanwhile.
TEST_F(ExpandTest, TheTriggerStandsBeforeTheRowsAreFilled) {
  Between("table t { id bigint primary key; total integer; }",
          "table t { id bigint primary key; total bigint; }");
  ASSERT_EQ(Expand().exit_code, 0);
  const std::string up = File("migrations/0002_wider_expand.up.sql");
  ASSERT_THAT(up, HasSubstr("CREATE TRIGGER zz_t_sync"));
  EXPECT_LT(up.find("ADD COLUMN total_new"), up.find("CREATE TRIGGER"));
  EXPECT_LT(up.find("CREATE TRIGGER"), up.find("SET total_new = total"));
}

TEST_F(ExpandTest, TheTriggerFiresLast) {
  const std::string rest = R"( trigger zz_z before insert for each row execute function f(); }
function f() returns trigger language plpgsql as $$ BEGIN RETURN NEW; END $$;
)";
  Between("table t { id bigint primary key; total integer;" + rest,
          "table t { id bigint primary key; total bigint;" + rest);
  const Outcome done = Expand();
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("trigger zzz_t_sync"));
}

TEST_F(ExpandTest, ATypeOfItsOwnComesWithTheFirst) {
  Between("table t { id bigint primary key; state text; }",
          "enum state { open, paid }\ntable t { id bigint primary key; state state; }");
  const Outcome done = Expand();
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(File("migrations/0002_wider_expand.up.sql"), HasSubstr("CREATE TYPE state"));
  EXPECT_THAT(File("migrations/0002_wider_expand.up.sql"), HasSubstr("state_new := NEW.state::state;"));
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
}

// A cast would cut silently what an assignment refuses.
TEST_F(ExpandTest, NothingIsCut) {
  Between("table t { id bigint primary key; code text; }",
          "table t { id bigint primary key; code varchar(3); }");
  const Outcome done = Expand();
  ASSERT_EQ(done.exit_code, 0) << done.err;
  const std::string up = File("migrations/0002_wider_expand.up.sql");
  EXPECT_THAT(up, HasSubstr("NEW.code_new := NEW.code;"));
  EXPECT_THAT(up, HasSubstr("SET code_new = code\n"));
}

TEST_F(ExpandTest, BetweenTwoStatesEachHalfIsAskedFor) {
  File("a.schema") = "table t { id bigint primary key; total integer; }";
  File("b.schema") = "table t { id bigint primary key; total bigint; }";
  const Outcome first = world_.Run({"diff", "--from", "a.schema", "--to", "b.schema", "--expand"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("ADD COLUMN total_new bigint"));
  const Outcome second = world_.Run({"diff", "--from", "a.schema", "--to", "b.schema", "--contract"});
  ASSERT_EQ(second.exit_code, 0) << second.err;
  EXPECT_THAT(second.out, HasSubstr("RENAME COLUMN total_new TO total"));
  EXPECT_THAT(second.out, Not(HasSubstr("\nUPDATE ")));
  EXPECT_THAT(world_.Run({"diff", "--from", "a.schema", "--to", "b.schema", "--contract", "--expand"}).err,
              HasSubstr("--contract is one half"));
  EXPECT_THAT(world_.Run({"diff", "--from", "a.schema", "--to", "b.schema", "--contract", "--no-online"}).err,
              HasSubstr("--no-online does not go with"));
}

TEST_F(ExpandTest, NothingToExpandIsSaid) {
  EXPECT_THAT(Refusal("table t { id bigint primary key; }", "table t { id bigint primary key; a text; }"),
              HasSubstr("no column of a table that stays changes to a type that is kept in another way"));
}

TEST_F(ExpandTest, APartitionedTableIsRefused) {
  EXPECT_THAT(
      Refusal("table t partition by range (day) { a integer; day date; }",
              "table t partition by range (day) { a bigint; day date; }"),
      HasSubstr("column \"a\" of table \"t\" cannot get a column of type bigint beside it: its table is "
                "partitioned"));
}

TEST_F(ExpandTest, AGeneratedColumnThatReadsItIsRefused) {
  EXPECT_THAT(Refusal("table t { a integer; b integer generated always as (a * 2) stored; }",
                      "table t { a bigint; b integer generated always as (a * 2) stored; }"),
              HasSubstr("the generated column \"b\" of table \"t\" reads it"));
}

TEST_F(ExpandTest, AMaterializedViewThatReadsItIsRefused) {
  EXPECT_THAT(Refusal("table t { a integer; }\nmaterialized view v as select a from t;",
                      "table t { a bigint; }\nmaterialized view v as select a from t;"),
              HasSubstr("view \"v\" reads it, and would be filled anew"));
}

TEST_F(ExpandTest, WhatReadsRowsBesidesIsRefused) {
  EXPECT_THAT(Refusal("table t { a integer; b text; }", "table t { a bigint; b text; index t_b (b); }"),
              HasSubstr("the model changes what would read the rows of table \"t\""));
}

// Neither half says that it loses nothing when one of the two types holds less than the other.
TEST_F(ExpandTest, WhatOnlyOneOfTheTwoHoldsIsLost) {
  Between("table t { id bigint primary key; rate numeric; }",
          "table t { id bigint primary key; rate integer; }");
  const Outcome done = world_.Run({"diff", "-m", "Wider", "--expand", "--allow", "narrow-type"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(File("migrations/0003_wider_contract.up.sql"),
              HasSubstr("LOSES the decimals of column \"rate\" of table \"t\""));
  EXPECT_THAT(File("migrations/0003_wider_contract.mdiff"), HasSubstr("allow narrow-type;"));
  EXPECT_THAT(File("migrations/0002_wider_expand.down.sql"), HasSubstr("-- data:   loses none"));
}

// Without the trigger, nobody knows that the other column has the values.
TEST_F(ExpandTest, AColumnBesideThatNothingKeepsEqualIsNoReasonToDropOne) {
  Between("table t { id bigint primary key; a integer; b bigint; }",
          "table t { id bigint primary key; b bigint; }");
  EXPECT_THAT(world_.Run({"diff"}).err, HasSubstr("--allow drop-column"));
}

TEST_F(ExpandTest, WhatLosesValuesIsAskedForFirst) {
  EXPECT_THAT(Refusal("table t { a numeric; }", "table t { a integer; }"), HasSubstr("--allow narrow-type"));
}

}  // namespace
}  // namespace schemac
