#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plan/planned.h"

namespace schemac::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(Dependents, ViewsOnViewsStepAside) {
  const std::string views =
      "create view v as select a from t; create view w as select a from v;"
      "comment on view w is 'chain'; grant select on w to app;";
  EXPECT_THAT(
      PlanOf("create table t (a int, b int);" + views, "create table t (a bigint, b int);" + views).lines,
      ElementsAre("drop view w", "drop view v", "t: type a bigint", "create view v", "create view w",
                  "comment on w 'chain'", "grant SELECT on w"));
}

TEST(Dependents, MaterializedViewsBringTheirIndexes) {
  const std::string views = "create materialized view m as select a from t; create index i on m (a);";
  EXPECT_THAT(PlanOf("create table t (a int);" + views, "create table t (a bigint);" + views).lines,
              ElementsAre("drop view m", "t: type a bigint", "create view m", "create index i"));
}

TEST(Dependents, RoutinesReadTheColumnsThatCome) {
  const std::string states = "create table states (id int primary key, name text);";
  EXPECT_THAT(
      PlanOf("create table t (a int);", states + "create table t (a int, state int references states);"
                                                 "create function f() returns setof text language sql as "
                                                 "'select s.name from t join states s on t.state = s.id';")
          .lines.back(),
      HasSubstr("create function f"));
}

TEST(Dependents, ParsedBodiesReadTheColumnsThatCome) {
  const auto with = [](const std::string& columns, const std::string& values) {
    return "create table t (" + columns +
           "); create function f() returns void begin atomic insert into t values (" + values + "); end;";
  };
  EXPECT_THAT(PlanOf(with("a int", "1"), with("a int, b int", "1, 2")).lines,
              ElementsAre("t: add column b", "replace function f"));
}

TEST(Dependents, AConfigurationOfTextSearchUnderAColumn) {
  const auto with = [](const std::string& parser) {
    return "create text search configuration en (" + parser +
           "); create table t (a text, v tsvector generated always as (to_tsvector('en', a)) stored);";
  };
  EXPECT_THAT(
      PlanOf(with("copy = english"), with("copy = german")).lines,
      ElementsAre("t: drop column v", "drop raw object text search configuration public.en",
                  "create raw object text search configuration public.en", HasSubstr("t: add column v")));
}

TEST(Dependents, RoutinesCallOverloadsThatComeLater) {
  const Planned overloads =
      PlanOf("",
             "create function f(a int) returns int language sql as 'select f(a, 1)';"
             "create function f(a int, b int) returns int language sql as 'select a + b';");
  EXPECT_EQ(overloads.plan.batches.front().steps.front().subject.member, "integer, integer");
  EXPECT_THAT(PlanOf("",
                     "create function a() returns int language sql as 'select b()';"
                     "create function b() returns int language plpgsql as $$begin return a(); end$$;")
                  .lines,
              ElementsAre("create function b", "create function a"));
}

TEST(Dependents, RawObjectsGoBeforeTheFunctionsThatTheyAreMadeOf) {
  EXPECT_THAT(PlanOf("create type a as (x int); create type b as (x int);"
                     "create function z(a) returns b language plpgsql as $$begin return row(1); end$$;"
                     "create cast (a as b) with function z(a);"
                     "create function h() returns fdw_handler language c as 'x', 'h';"
                     "create foreign data wrapper w handler h;",
                     "create type a as (x int); create type b as (x int);")
                  .lines,
              ElementsAre("drop raw object cast (a as b)", "drop function z",
                          "drop raw object foreign-data wrapper w", "drop function h"));
}

TEST(Dependents, RoutinesNameTablesInLiterals) {
  EXPECT_THAT(PlanOf("",
                     "create table t (a int);"
                     "create function f() returns oid language sql as $$select 'public.t'::regclass::oid$$;")
                  .lines,
              ElementsAre("create table t", "create function f"));
}

TEST(Dependents, BodiesInARingAreNotChecked) {
  EXPECT_THAT(
      PlanOf("",
             "create function a() returns int language sql as 'select b()';"
             "create function b() returns int language sql as 'select a()';")
          .lines,
      ElementsAre("sql SET LOCAL check_function_bodies = off;", "create function a", "create function b"));
}

TEST(Dependents, PoliciesAndTriggersOnTheColumn) {
  const std::string rest =
      "create function f() returns trigger language plpgsql as $$begin return new; end$$;"
      "create policy p on t using (a > 0);"
      "create trigger x before update of a on t for each row execute function f();"
      "create trigger y before insert on t for each row execute function f();";
  EXPECT_THAT(PlanOf("create table t (a int);" + rest, "create table t (a bigint);" + rest).lines,
              ElementsAre("drop trigger x", "drop policy p", "t: type a bigint", "create trigger x",
                          "create policy p"));
}

TEST(Dependents, PlainIndexesAndKeysStay) {
  const std::string rest = "create index i on t (a); alter table t add primary key (a);";
  EXPECT_THAT(
      PlanOf("create table t (a int not null);" + rest, "create table t (a bigint not null);" + rest).lines,
      ElementsAre("t: type a bigint"));
}

TEST(Dependents, PredicatesAndChecksDoNot) {
  const std::string rest = "create index i on t (b) where a = 'x'; alter table t add check (a <> '');";
  EXPECT_THAT(
      PlanOf("create table t (a varchar(9), b int);" + rest, "create table t (a text, b int);" + rest).lines,
      ElementsAre("t: drop constraint t_a_check", "drop index i", "t: type a text",
                  "t: add constraint t_a_check", "create index i"));
}

TEST(Dependents, KeysBetweenTwoConvertedColumns) {
  const auto tables = [](const std::string& type) {
    return "create table p (id " + type + " primary key); create table c (p " + type + " references p);";
  };
  EXPECT_THAT(PlanOf(tables("int"), tables("bigint")).lines,
              ElementsAre("c: drop constraint c_p_fkey", "c: type p bigint", "p: type id bigint",
                          "c: add constraint c_p_fkey"));
}

TEST(Dependents, AFunctionThatCannotBeReplaced) {
  const std::string rest = "create table t (a int default f(1), check (f(a) > 0));";
  EXPECT_THAT(PlanOf("create function f(x int) returns int language sql as 'select 1';" + rest,
                     "create function f(y int) returns int language sql as 'select 1';" + rest)
                  .lines,
              ElementsAre("t: drop constraint t_a_check", "t: drop default a", "drop function f",
                          "create function f", "t: set default a f(1)", "t: add constraint t_a_check"));
  EXPECT_THAT(PlanOf("create function f(x int) returns int language sql as 'select 1';" + rest,
                     "create function f(x int) returns int language sql as 'select 2';" + rest)
                  .lines,
              ElementsAre("replace function f"));
  EXPECT_THAT(
      PlanOf(
          "create function f(int, double precision default 0) returns int language sql as 'select 1';" + rest,
          "create function f(int, y double precision default 0) returns int language sql as 'select 1';" +
              rest)
          .lines,
      ElementsAre("replace function f"));
}

TEST(Dependents, DroppedTableTakesItsPartsAlong) {
  EXPECT_THAT(PlanOf("create table p (id serial primary key, a int check (a > 0)); create index i on p (a);"
                     "create table c (p int references p);",
                     "create table c (p int);")
                  .lines,
              ElementsAre("c: drop constraint c_p_fkey", "drop table p"));
}

TEST(Dependents, DroppedColumnTakesKeysAndIndexesAlong) {
  EXPECT_THAT(PlanOf("create table t (a int unique, b int check (b > a)); create index i on t (a, b);",
                     "create table t (b int);")
                  .lines,
              ElementsAre("t: drop constraint t_check", "t: drop column a"));
}

TEST(Dependents, AColumnThatTakesAKeyAlongGoesBeforeWhatTheKeyRefersTo) {
  const auto tables = [](const std::string& id, const std::string& fk) {
    return "create table a (" + id + " int primary key); create table b (" + fk + " int references a);";
  };
  EXPECT_THAT(PlanOf(tables("id", "a_id"), tables("pk", "fk_a")).lines,
              ElementsAre("a: add column pk not null", "b: add column fk_a", "b: drop column a_id",
                          "a: drop column id", "a: add constraint a_pkey", "b: add constraint b_fk_a_fkey"));
}

TEST(Dependents, TablesThatReferToOneAnother) {
  const std::string ring =
      "create table a (id int primary key, b int); create table b (id int primary key, a int references a);"
      "alter table a add foreign key (b) references b;";
  EXPECT_THAT(
      PlanOf("", ring).lines,
      ElementsAre("create table a", "a: add constraint a_pkey", "create table b", "b: add constraint b_pkey",
                  "b: add constraint b_a_fkey", "a: add constraint a_b_fkey"));
  const std::vector<std::string> dropped = PlanOf(ring, "").lines;
  EXPECT_THAT(dropped, ElementsAre("a: drop constraint a_b_fkey", "b: drop constraint b_a_fkey",
                                   "drop table b", "drop table a"));
}

TEST(Dependents, NamesAreFreedFirst) {
  EXPECT_THAT(PlanOf("create table x (a int);", "create view x as select 1 as a;").lines,
              ElementsAre("drop table x", "create view x"));
  EXPECT_THAT(PlanOf("create table t (a int, b int); create index i on t (a);",
                     "create table t (a int, b int); create index i on t (b);")
                  .lines,
              ElementsAre("drop index i", "create index i"));
}

TEST(Dependents, CommentsForceNothing) {
  EXPECT_THAT(PlanOf("create table t (a int); create view v as select a from t;",
                     "create table t (a int); create view v as select a from t; comment on view v is 'x';"
                     "comment on column t.a is 'y'; grant select on v to app;")
                  .lines,
              ElementsAre("comment on a 'y'", "comment on v 'x'", "grant SELECT on v"));
}

TEST(Dependents, ColumnsKeepWhatARevokeOnTheTableTakesAlong) {
  const std::string table =
      "create table t (a int, b int); grant select (a), update (b) on t to app;"
      "create view v as select a from t; grant select (a) on v to app;";
  EXPECT_THAT(
      PlanOf(table + "grant select on t to app; grant select on v to app;", table).lines,
      ElementsAre("revoke SELECT on t", "grant SELECT on a", "revoke SELECT on v", "grant SELECT on a"));
}

TEST(Dependents, PublicLosesWhatItWasGivenByDefault) {
  EXPECT_THAT(PlanOf("",
                     "create function f() returns int language sql as 'select 1';"
                     "revoke execute on function f() from public;")
                  .lines,
              ElementsAre("create function f", "revoke EXECUTE on f"));
}

TEST(Dependents, ConcurrentIndexesComeLast) {
  Settings settings;
  settings.intent.concurrently = {{schema::ObjectKind::Index, "public", "t", "i"}};
  EXPECT_THAT(PlanOf("create table t (a int);",
                     "create table t (a int, b int); create index i on t (a);"
                     "comment on index i is 'x'; create table u ();",
                     settings)
                  .lines,
              ElementsAre("create table u", "t: add column b", "-- outside", "create index i concurrently",
                          "--", "comment on i 'x'"));
}

TEST(Dependents, HostileNames) {
  const std::string views = "create view \"v\"\"; drop\" as select \"a.b\" from \"T.$$\";";
  const Planned planned =
      PlanOf("create table \"T.$$\" (\"a.b\" int);" + views, "create table \"T.$$\" (\"a.b\" text);" + views);
  EXPECT_THAT(planned.errors, IsEmpty());
  EXPECT_THAT(planned.lines,
              ElementsAre("drop view v\"; drop", "T.$$: type a.b text", "create view v\"; drop"));
}

TEST(Dependents, PartitionsLeaveBeforeAndJoinAfter) {
  const std::string small =
      "create table p (a int) partition by range (a);"
      "create table c partition of p for values from (1) to (2);";
  const std::string wide = "create table p (a int, b text) partition by range (a); create table c (a int);";
  EXPECT_THAT(PlanOf(small, wide).lines, ElementsAre("p: detach c", "p: add column b"));
  EXPECT_THAT(PlanOf(wide, small).lines, ElementsAre("p: drop column b", "p: attach c"));
}

TEST(Dependents, ChildrenFollowTheirParents) {
  const auto tables = [](const std::string& columns) {
    return "create table p (" + columns + "); create table c (x int) inherits (p);";
  };
  EXPECT_THAT(
      PlanOf(tables("a int default 1"), tables("a bigint default 2, b text not null default ''")).lines,
      ElementsAre("p: add column b not null default", "p: type a bigint", "p: set default a 2"));
  EXPECT_THAT(PlanOf(tables("a int, b int"), tables("a int")).lines, ElementsAre("p: drop column b"));
}

TEST(Dependents, AChildsOwnCheckStandsBeforeOneThatIsNotValid) {
  EXPECT_THAT(PlanOf("",
                     "create table p (a int); create table c (constraint k check (a > 0)) inherits (p);"
                     "alter table p add constraint k check (a > 0) not valid;")
                  .lines,
              ElementsAre("create table p", "create table c", "c: add constraint k",
                          "p: add constraint k not valid"));
}

TEST(Dependents, WhatNoStatementCanChangeIsRefused) {
  EXPECT_THAT(
      PlanOf("create type r as range (subtype = int4); create table t (a r);",
             "create type r as range (subtype = int8); create table t (a r);")
          .errors,
      ElementsAre("cannot-plan: range type \"r\" would have to be made anew, but column \"a\" of table "
                  "\"t\" holds its values"));
  const auto child = [](const std::string& columns) {
    return "create table p (a int); create table c (" + columns + ") inherits (p);";
  };
  EXPECT_THAT(PlanOf(child(""), child("a int")).errors,
              ElementsAre(HasSubstr("becomes the table's own beside that of the parent")));
  EXPECT_THAT(PlanOf(child("a int"), child("")).errors, ElementsAre(HasSubstr("is inherited only")));
}

TEST(Dependents, DropTableIsRefused) {
  Settings settings;
  settings.options.allowed.clear();
  EXPECT_THAT(PlanOf("create table t (a int);", "", settings).errors, ElementsAre(HasSubstr("--allow")));
}

TEST(Views, AreReplacedWhenTheirColumnsStay) {
  const std::string table = "create table t (a int, b varchar(10), c varchar(20), n numeric(8, 2));";
  const auto lines = [&](const std::string& from, const std::string& to) {
    return PlanOf(table + "create view v as " + from + "; create view w as select a from v;",
                  table + "create view v as " + to + "; create view w as select a from v;")
        .lines;
  };
  EXPECT_THAT(lines("select a, b from t", "select a, b from t where a > 0"), ElementsAre("replace view v"));
  EXPECT_THAT(lines("select a from t", "select a, n * 2 as m from t"), ElementsAre("replace view v"));
  EXPECT_THAT(lines("select a from t", "select a + 1 as a from t"), ElementsAre("replace view v"));
  const auto made_anew = ElementsAre("drop view w", "drop view v", "create view v", "create view w");
  EXPECT_THAT(lines("select a, b from t", "select a, c as b from t"), made_anew);
  EXPECT_THAT(lines("select a, b from t", "select a, coalesce(b, b) as b from t"), made_anew);
  EXPECT_THAT(lines("select a, b from t", "select a from t"), made_anew);
  EXPECT_THAT(lines("select a, b from t", "select a, b as c from t"), made_anew);
  EXPECT_THAT(lines("select a from t", "select a::bigint as a from t"), made_anew);
}

TEST(Views, AreReplacedBeforeTheColumnThatTheyLeaveGoes) {
  EXPECT_THAT(PlanOf("create table t (a int, b int); create view v as select a from t where b > 0;",
                     "create table t (a int); create view v as select a from t;")
                  .lines,
              ElementsAre("replace view v", "t: drop column b"));
  EXPECT_THAT(PlanOf("create table t (a int); create view v as select a from t;",
                     "create table t (a int, b int); create view v as select * from t;")
                  .lines,
              ElementsAre("t: add column b", "replace view v"));
}

TEST(Views, OfATableThatBecomesAViewAreMadeAnew) {
  EXPECT_THAT(PlanOf("create table d (a int); create view q as select a from d;",
                     "create view d as select 1 as a; create view q as select a from d where a > 0;")
                  .lines,
              ElementsAre("drop view q", "drop table d", "create view d", "create view q"));
}

TEST(Views, OfAConvertedColumnAreMadeAnew) {
  EXPECT_THAT(PlanOf("create table t (a int, b int); create view v as select a from t where b > 0;",
                     "create table t (a int, b bigint); create view v as select a from t where b > 1;")
                  .lines,
              ElementsAre("drop view v", "t: type b bigint", "create view v"));
}

TEST(Partitions, LeaveBeforeTheyLoseWhatTheyHadFromTheirParent) {
  const std::string parent =
      "create table p (id int, at date, primary key (id, at)) partition by range (at); create index i on p "
      "(at);";
  EXPECT_THAT(PlanOf(parent + "create table c partition of p default;",
                     parent + "create table c (id int not null, at date not null);")
                  .lines,
              UnorderedElementsAre("p: detach c", "c: drop constraint c_pkey", "drop index c_at_idx"));
  EXPECT_EQ(PlanOf(parent + "create table c partition of p default;",
                   parent + "create table c (id int not null, at date not null);")
                .lines.front(),
            "p: detach c");
}

TEST(Dependents, WhatComputesWithAnOperatorStepsAside) {
  const auto script = [](const std::string& options) {
    return "create function same(text, integer) returns boolean immutable language sql as 'select true';"
           "create operator === (leftarg = text, rightarg = integer, function = same" +
           options +
           ");"
           "create table t (a text, b integer, c boolean default 'x'::text === 1, check (a === b));"
           "create view v as select b from t where a === 5; create view w as select a || '=' as x from t;";
  };
  const Planned planned = PlanOf(script(""), script(", restrict = eqsel"));
  EXPECT_THAT(planned.errors, IsEmpty());
  EXPECT_THAT(planned.lines,
              ElementsAre("t: drop constraint t_check", "t: drop default c", "drop view v",
                          "drop raw object operator public.=== (text, integer)",
                          "create raw object operator public.=== (text, integer)",
                          "t: set default c 'x'::text === 1", "t: add constraint t_check", "create view v"));
}

TEST(Dependents, CommentsOnIndexesOfConstraintsComeBackWithThem) {
  const auto script = [](const std::string& columns) {
    return "create table t (a int not null, b int not null, constraint k unique (" + columns +
           ")); comment on index k is 'why';";
  };
  EXPECT_THAT(PlanOf(script("a"), script("a, b")).lines,
              ElementsAre("drop raw object comment on index public.k", "t: drop constraint k",
                          "t: add constraint k", "create raw object comment on index public.k"));
}

TEST(Dependents, PublicationsThatFilterStepAside) {
  const auto script = [](const std::string& type) {
    return "create table t (id " + type + " primary key); create publication p for table t where (id > 3);";
  };
  EXPECT_THAT(
      PlanOf(script("int"), script("bigint")).lines,
      ElementsAre("drop raw object publication p", "t: type id bigint", "create raw object publication p"));
}

TEST(Dependents, ViewsOfForeignTablesStepAside) {
  const auto script = [](const std::string& type) {
    return "create extension postgres_fdw; create server s foreign data wrapper postgres_fdw;"
           "create foreign table ft (a " +
           type +
           ") server s; create table t (b int);"
           "create view v as select a from ft; create view u as select b from t;";
  };
  EXPECT_THAT(PlanOf(script("int"), script("bigint")).lines,
              ElementsAre("drop view v", "drop raw object foreign table public.ft",
                          "create raw object foreign table public.ft", "create view v"));
}

}  // namespace
}  // namespace schemac::plan
