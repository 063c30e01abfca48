#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plan/planned.h"

namespace schemac::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const schema::ObjectAddress kType{schema::ObjectKind::Enum, "public", "e", ""};

TEST(Enums, LabelsInTheirPlaces) {
  EXPECT_THAT(
      PlanOf("create type e as enum ('b', 'd');", "create type e as enum ('a', 'b', 'c', 'c2', 'd', 'z');")
          .lines,
      ElementsAre("add label a before b", "add label c after b", "add label c2 after c", "add label z"));
}

TEST(Enums, AUsedLabelIsCommittedFirst) {
  EXPECT_THAT(PlanOf("create type e as enum ('a'); create table t (x e, y int);",
                     "create type e as enum ('a', 'b'); create table t (x e default 'b', y int, z int);")
                  .lines,
              ElementsAre("add label b", "--", "t: add column z", "t: set default x 'b'"));
}

TEST(Enums, RenamedLabels) {
  Settings settings;
  settings.intent.labels[kType].renamed = {{"a", "b"}, {"b", "a"}};
  EXPECT_THAT(
      PlanOf("create type e as enum ('a', 'b');", "create type e as enum ('b', 'a');", settings).lines,
      ElementsAre("rename label a to a_", "rename label b to a", "rename label a_ to b"));
}

// The server keeps which label an expression means, not how it was spelled.
TEST(Enums, WhatSpellsARenamedLabelStays) {
  Settings settings;
  settings.intent.labels[kType].renamed = {{"a", "b"}};
  const auto rest = [](const std::string& label) {
    return "create table t (x e default '" + label + "', check (x <> '" + label +
           "')); create index i on t (x) where x in ('" + label + "', 'c');" +
           "create view v as select x from t where x = '" + label + "'::e;" +
           "create policy p on t using (x = E'" + label + "');";
  };
  EXPECT_THAT(PlanOf("create type e as enum ('a', 'c');" + rest("a"),
                     "create type e as enum ('b', 'c', 'd');" + rest("b"), settings)
                  .lines,
              ElementsAre("rename label a to b", "add label d"));
}

TEST(Enums, ALabelThatTakesTheNameOfOneThatStaysIsItsHeir) {
  Settings settings;
  settings.intent.labels[kType].renamed = {{"a", "b"}};
  const std::string rest = "create table t (x e);";
  EXPECT_THAT(
      PlanOf("create type e as enum ('a', 'b');" + rest, "create type e as enum ('b');" + rest, settings)
          .lines,
      ElementsAre("rename e to e_old", "create enum e",
                  "t: type x e using (CASE x::text WHEN 'a' THEN 'b' ELSE x::text END)::e",
                  "drop enum e_old"));
}

TEST(Enums, RemovedLabelMakesTheTypeAnew) {
  Settings settings;
  settings.intent.labels[kType].removed = {{"b", "a"}};
  settings.options.allowed.clear();
  const std::string rest =
      "create table t (x e default 'a', y e[]); create index i on t (x) where x = 'a';"
      "create view v as select x from t;";
  EXPECT_THAT(
      PlanOf("create type e as enum ('a', 'b');" + rest, "create type e as enum ('a');" + rest, settings)
          .lines,
      ElementsAre("drop index i", "t: drop default x", "drop view v", "rename e to e_old", "create enum e",
                  "t: type x e using (CASE x::text WHEN 'b' THEN 'a' ELSE x::text END)::e",
                  "t: type y e[] using array_replace(y::text[], 'b', 'a')::e[]", "t: set default x 'a'",
                  "create index i", "create view v", "drop enum e_old"));
}

TEST(Enums, LabelsWithoutSuccessorAreRefused) {
  Settings settings;
  settings.options.allowed.clear();
  const std::string rest = "create table t (x e);";
  EXPECT_THAT(
      PlanOf("create type e as enum ('a', 'b');" + rest, "create type e as enum ('a');" + rest, settings)
          .errors,
      ElementsAre(HasSubstr("data-loss: rows may hold label 'b', which enum")));
}

TEST(Enums, AnUnusedTypeIsSimplyReplaced) {
  EXPECT_THAT(PlanOf("create type e as enum ('a', 'b');", "create type e as enum ('b', 'a');").lines,
              ElementsAre("drop enum e", "create enum e"));
}

TEST(Enums, FunctionsWithTheTypeInTheirSignature) {
  const std::string rest =
      "create table t (x e); create function f(y e) returns int language sql as 'select 1';";
  EXPECT_THAT(
      PlanOf("create type e as enum ('a', 'b');" + rest, "create type e as enum ('b', 'a');" + rest).lines,
      ElementsAre("drop function f", "rename e to e_old", "create enum e", "create function f",
                  "t: type x e using x::text::e", "drop enum e_old"));
}

TEST(Enums, TextToEnum) {
  EXPECT_THAT(
      PlanOf("create table t (x text default 'a');",
             "create type e as enum ('a'); create table t (x e default 'a');")
          .lines,
      ElementsAre("create enum e", "t: drop default x", "t: type x e using x::e", "t: set default x 'a'"));
}

TEST(Enums, CompositeOverAnEnumInUseIsRefused) {
  const std::string rest = "create type c as (x e); create table t (x c);";
  const Planned planned =
      PlanOf("create type e as enum ('a', 'b');" + rest, "create type e as enum ('b', 'a');" + rest);
  EXPECT_THAT(planned.lines, IsEmpty());
  EXPECT_THAT(planned.errors, ElementsAre(HasSubstr("cannot-plan")));
}

}  // namespace
}  // namespace schemac::plan
