#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plan/planned.h"

namespace schemac::plan {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Settings WithBackfill(const std::string& table, const std::string& column, const std::string& value) {
  Settings settings;
  settings.intent.backfills[{schema::ObjectKind::Column, "public", table, column}] = ExpressionOf(value);
  return settings;
}

TEST(Columns, NothingToDo) {
  EXPECT_THAT(PlanOf("create table t (a int);", "create table t (a integer);").lines, IsEmpty());
}

TEST(Columns, AddAndDrop) {
  EXPECT_THAT(PlanOf("create table t (a int);", "create table t (b text default 'x');").lines,
              ElementsAre("t: add column b default", "t: drop column a"));
}

TEST(Columns, NewColumnsComeInTheOrderOfTheTarget) {
  EXPECT_THAT(
      PlanOf("create table t (a int, z int, y int);", "create table t (a int, d int, b int, c int);").lines,
      ElementsAre("t: add column d", "t: add column b", "t: add column c", "t: drop column z",
                  "t: drop column y"));
}

// "relation mode" of each lock of each step; a mode is its place in LockMode.
std::vector<std::string> LocksOf(const Planned& planned) {
  std::vector<std::string> locks;
  for (const Batch& batch : planned.plan.batches) {
    for (const Step& step : batch.steps) {
      for (const Lock& lock : step.facts.locks) {
        locks.push_back(lock.relation.name + (lock.mode == LockMode::AccessExclusive ? " exclusive"
                                              : lock.mode == LockMode::ShareRowExclusive
                                                  ? " share row exclusive"
                                                  : " other"));
      }
      if (step.facts.scans) locks.push_back("scan");
    }
  }
  return locks;
}

TEST(Columns, ForeignKeysLockBothTables) {
  const std::string old = "create table t (id int primary key); create table s (a int);";
  const std::string with_key =
      "create table t (id int primary key); create table s (a int, t_id int references t);";
  EXPECT_THAT(LocksOf(PlanOf(with_key, old)), ElementsAre("s exclusive", "t exclusive"));
  EXPECT_THAT(LocksOf(PlanOf(with_key, "create table t (id int primary key);")),
              ElementsAre("s exclusive", "t exclusive"));
  // A new table has no rows to look at.
  EXPECT_THAT(LocksOf(PlanOf("create table t (id int primary key);", with_key)),
              ElementsAre("t share row exclusive"));
}

TEST(Columns, DropIsRefusedUnlessAllowed) {
  Settings settings;
  settings.options.allowed.clear();
  const Planned planned = PlanOf("create table t (a int, b int);", "create table t (a int);", settings);
  EXPECT_THAT(planned.lines, IsEmpty());
  EXPECT_THAT(planned.errors, ElementsAre(HasSubstr("data-loss: dropping column \"b\" of table")));
  settings.options.allowed = {"drop-column"};
  EXPECT_THAT(PlanOf("create table t (a int, b int);", "create table t (a int);", settings).errors,
              IsEmpty());
}

TEST(Columns, RequiredColumnNeedsAValue) {
  Settings settings;
  settings.options.allowed.clear();
  const char* from = "create table t (a int);";
  const char* to = "create table t (a int, b text not null);";
  EXPECT_THAT(PlanOf(from, to, settings).errors, ElementsAre(HasSubstr("required-column: new column \"b\"")));
  Settings filled = WithBackfill("t", "b", "'x'");
  filled.options.allowed.clear();
  EXPECT_THAT(PlanOf(from, to, filled).lines,
              ElementsAre("t: add column b", "update t set b = 'x'", "t: set not null b"));
  EXPECT_THAT(PlanOf(from, "create table t (a int, b text not null default 'y');", settings).lines,
              ElementsAre("t: add column b not null default"));
  Settings down = settings;
  down.options.downgrade = true;
  const Planned planned = PlanOf(from, to, down);
  ASSERT_THAT(planned.lines, ElementsAre("t: add column b not null"));
  EXPECT_THAT(planned.plan.batches[0].steps[0].reason, HasSubstr("fails when the table has rows"));
}

TEST(Columns, ColumnThatBecomesRequiredNeedsAValueForNulls) {
  Settings settings;
  settings.options.allowed.clear();
  const char* from = "create schema s; create table s.t (a int, b text);";
  const char* to = "create schema s; create table s.t (a int, b text not null default 'x');";
  EXPECT_THAT(PlanOf(from, to, settings).errors,
              ElementsAre(AllOf(HasSubstr("required-column: column \"b\" of table \"s.t\" becomes NOT NULL"),
                                HasSubstr("--backfill s.t.b=EXPRESSION"))));
  Settings filled = settings;
  filled.intent.backfills[{schema::ObjectKind::Column, "s", "t", "b"}] = ExpressionOf("'x'");
  EXPECT_THAT(PlanOf(from, to, filled).lines,
              ElementsAre("update t set b = 'x'", "t: set default b 'x'", "t: set not null b"));
  settings.options.allowed = {"required-column"};
  const Planned allowed = PlanOf(from, to, settings);
  ASSERT_THAT(allowed.lines, ElementsAre("t: set default b 'x'", "t: set not null b"));
  const Step& step = allowed.plan.batches[0].steps[1];
  EXPECT_EQ(step.facts.hazard, "required-column");
  EXPECT_EQ(step.reason, "fails when rows hold NULL");
}

// As the server leaves out the scan then, there is nothing to fail.
TEST(Columns, AValidatedCheckProvesThatNoRowHoldsNull) {
  Settings settings;
  settings.options.allowed.clear();
  const auto plan = [&](const std::string& check) {
    return PlanOf("create table t (a int, b int, " + check + ");",
                  "create table t (a int not null, b int, " + check + ");", settings);
  };
  const Planned proved = plan("check ((a is not null))");
  EXPECT_THAT(proved.lines, ElementsAre("t: set not null a"));
  EXPECT_EQ(proved.plan.batches[0].steps[0].facts.hazard, "");
  EXPECT_THAT(plan("check (b is not null)").errors, ElementsAre(HasSubstr("required-column")));
  EXPECT_THAT(plan("check (a is not null or b > 0)").errors, ElementsAre(HasSubstr("required-column")));
}

TEST(Columns, PrimaryKeyOnColumnsThatMayBeNullNeedsAValueToo) {
  Settings settings;
  settings.options.allowed.clear();
  EXPECT_THAT(PlanOf("create table t (a int);", "create table t (a int primary key);", settings).errors,
              ElementsAre(HasSubstr("required-column: column \"a\" of table \"t\" becomes NOT NULL")));
}

TEST(Columns, WhatBecomesRequiredInParentsIsAskedOnce) {
  Settings settings;
  settings.options.allowed.clear();
  EXPECT_THAT(PlanOf("create table p (a int); create table c (a int) inherits (p);",
                     "create table p (a int not null); create table c (a int) inherits (p);", settings)
                  .errors,
              ElementsAre(HasSubstr("column \"a\" of table \"p\"")));
}

TEST(Columns, ChecksThatWaitAreMadeBeforeTheTableChangesAgain) {
  const std::string rest =
      "create function f() returns trigger language plpgsql as 'begin return null; end';"
      "create constraint trigger late after update on t deferrable initially deferred for each row execute "
      "function f();";
  EXPECT_THAT(
      PlanOf("create table t (a int, b text);" + rest, "create table t (a int, b text not null);" + rest,
             WithBackfill("t", "b", "'x'"))
          .lines,
      ElementsAre("update t set b = 'x'", HasSubstr("SET CONSTRAINTS ALL IMMEDIATE"), "t: set not null b"));
}

TEST(Columns, NarrowingSaysWhatIsLost) {
  const auto lost = [](const std::string& from, const std::string& to) {
    const Planned planned = PlanOf("create table t (a " + from + ");", "create table t (a " + to + ");");
    return planned.plan.batches[0].steps[0].facts.lost;
  };
  EXPECT_EQ(lost("numeric", "int"), "the decimals of column \"a\" of table \"t\"");
  EXPECT_EQ(lost("numeric(8,4)", "numeric(8,2)"), "all decimals but 2 of column \"a\" of table \"t\"");
  EXPECT_EQ(lost("timestamptz", "date"), "the times of day of column \"a\" of table \"t\"");
  EXPECT_EQ(lost("timestamp", "timestamp(0)"), "the decimals of seconds of column \"a\" of table \"t\"");
  EXPECT_EQ(lost("int", "bigint"), "");
}

TEST(Columns, BackfillAndDefaultGoToDifferentRows) {
  EXPECT_THAT(PlanOf("create table t (a int);", "create table t (a int, b text not null default 'new');",
                     WithBackfill("t", "b", "'old'"))
                  .lines,
              ElementsAre("t: add column b", "update t set b = 'old'", "t: set default b 'new'",
                          "t: set not null b"));
}

TEST(Columns, TypeChangeSetsTheDefaultAside) {
  EXPECT_THAT(
      PlanOf("create table t (a varchar(20) default '{}');", "create table t (a jsonb default '{}');").lines,
      ElementsAre("t: drop default a", "t: type a jsonb using a::jsonb", "t: set default a '{}'"));
  EXPECT_THAT(PlanOf("create table t (a int default 1);", "create table t (a bigint default 1);").lines,
              ElementsAre("t: type a bigint"));
}

TEST(Columns, ConversionsThatFailOnTheFirstRowNeedToBeTold) {
  const auto errors = [](const std::string& from, const std::string& to) {
    Settings settings;
    settings.options.allowed.clear();
    return PlanOf("create table t (a " + from + ");", "create table t (a " + to + ");", settings).errors;
  };
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{{"text", "text[]"},
                                                                                 {"int", "int[]"},
                                                                                 {"boolean", "date"},
                                                                                 {"date", "int"},
                                                                                 {"date", "jsonb"},
                                                                                 {"int", "uuid"}}) {
    EXPECT_THAT(errors(from, to), ElementsAre(HasSubstr("no-conversion: column \"a\""))) << from << " " << to;
  }
  EXPECT_THAT(errors("int", "jsonb"), IsEmpty());
  EXPECT_THAT(errors("jsonb", "boolean"), IsEmpty());
  EXPECT_THAT(errors("text", "date"), IsEmpty());
  EXPECT_THAT(PlanOf("create table t (a boolean);", "create table t (a date);").lines,
              ElementsAre("t: type a date using a::text::date"));
}

TEST(Columns, ArraysNeedToBeTold) {
  Settings settings;
  settings.options.allowed.clear();
  settings.intent.conversions[{schema::ObjectKind::Column, "public", "t", "a"}].up =
      ExpressionOf("string_to_array(a, ',')");
  EXPECT_THAT(PlanOf("create table t (a text);", "create table t (a text[]);", settings).lines,
              ElementsAre("t: type a text[] using string_to_array(a, ',')"));
}

TEST(Columns, GeneratedColumnsAreMadeAnew) {
  Settings settings;
  settings.options.allowed.clear();
  EXPECT_THAT(PlanOf("create table t (a int, b int generated always as (a + 1) stored);",
                     "create table t (a int, b int generated always as (a + 2) stored);", settings)
                  .lines,
              ElementsAre("t: drop column b", "t: add column b"));
}

TEST(Columns, GeneratedColumnStepsAsideForAType) {
  EXPECT_THAT(
      PlanOf(
          "create table t (a int, b int generated always as (a + 1) stored); create index i on t (b);",
          "create table t (a smallint, b int generated always as (a + 1) stored); create index i on t (b);")
          .lines,
      ElementsAre("t: drop column b", "t: type a smallint", "t: add column b", "create index i"));
}

TEST(Columns, SerialToIdentity) {
  EXPECT_THAT(
      PlanOf("create table t (id serial);",
             "create table t (id int not null generated by default as identity);")
          .lines,
      ElementsAre(
          "t: drop default id", "drop sequence t_id_seq", "t: add identity id",
          HasSubstr("SELECT setval(pg_get_serial_sequence('t', 'id'), (SELECT coalesce(max(id) + 1, 1)")));
}

TEST(Columns, IdentityNeedsNotNullFirst) {
  EXPECT_THAT(
      PlanOf("create table t (id int);", "create table t (id int generated always as identity);").lines,
      ElementsAre("t: set not null id", "t: add identity id", HasSubstr("setval")));
}

TEST(Columns, SerialColumnIsAdded) {
  EXPECT_THAT(PlanOf("create table t (a int);", "create table t (a int, id serial);").lines,
              ElementsAre("create sequence t_id_seq", "t: add column id not null default",
                          "alter sequence t_id_seq"));
}

TEST(Columns, KeyGoesBeforeNotNullDoes) {
  EXPECT_THAT(PlanOf("create table t (id int primary key);", "create table t (id int);").lines,
              ElementsAre("t: drop constraint t_pkey", "t: drop not null id"));
}

}  // namespace
}  // namespace schemac::plan
