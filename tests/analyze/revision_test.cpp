// A model diff does to the catalog what PostgreSQL's DDL does, and tells what the state cannot.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/analyze/harness.h"

namespace schemac::testing {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

constexpr std::string_view kModel = R"(
enum state { live, off, gone }
table p { id int primary key; name text; }
table t { id int primary key; a text; s state default 'live'; p int references p; index t_a (a); check t_pos (id > 0); }
view v as select id, a from t;
function f(n int) returns int language sql as $$ select n $$;
function f(n text) returns text language sql as $$ select n $$;
sequence q;
)";

schema::Catalog Before() {
  const auto analyzed = AnalyzeText(kModel);
  EXPECT_EQ(analyzed.diagnostics, "");
  return analyzed.model.catalog;
}

TEST(Revision, AddsInAnyOrder) {
  ExpectSameChange(kModel, R"(
add table c { id bigserial primary key; k kind not null references kinds; }
add table kinds { k kind primary key; }
add enum kind { x, y }
add schema app;
)",
                   R"(
create schema app;
create type kind as enum ('x', 'y');
create table kinds (k kind primary key);
create table c (id bigserial primary key, k kind not null references kinds);
)");
}

TEST(Revision, AlterTable) {
  ExpectSameChange(kModel, R"(
alter table t {
  add column b jsonb not null default {"a": 1} unique;
  add column c bigserial;
  alter column a set not null;
  alter column id type bigint;
  alter column s drop default;
  alter column a set storage external;
  alter column a comment 'it''s';
  drop index t_a;
  drop constraint t_pos;
  add index t_lower (lower(a));
  add check (id < 9);
  add row level security;
  comment 'a table';
  set (fillfactor = 70);
  grant select to app;
}
)",
                   R"(
alter table t add column b jsonb not null default '{"a": 1}'::jsonb unique;
alter table t add column c bigserial;
alter table t alter column a set not null;
drop view v;
alter table t alter column id type bigint;
create view v as select id, a from t;
alter table t alter column s drop default;
alter table t alter column a set storage external;
comment on column t.a is 'it''s';
drop index t_a;
alter table t drop constraint t_pos;
create index t_lower on t (lower(a));
alter table t add check (id < 9);
alter table t enable row level security;
comment on table t is 'a table';
alter table t set (fillfactor = 70);
grant select on t to app;
)");
}

TEST(Revision, DropsInAnyOrder) {
  ExpectSameChange(
      kModel, R"(
drop table p;
drop table t;
drop view v;
drop function f(int);
drop sequence q;
drop enum state;
)",
      "drop view v; drop table t, p; drop function f(integer); drop sequence q; drop type state;");
  ExpectRevisionError(kModel, "drop table t;", "a.mdiff:2:");
}

TEST(Revision, DropsTablesThatHoldEachOther) {
  const auto analyzed = AnalyzeText(
      "table a { id int primary key; b int references b; }\ntable b { id int primary key; a int references "
      "a; }\n");
  const auto revised = Revise(analyzed.model.catalog, "drop table a;\ndrop table b;\n");
  EXPECT_EQ(revised.diagnostics, "");
  EXPECT_EQ(Difference(revised.effect.after, schema::Catalog::Empty()), "");
}

TEST(Revision, DropsLetTheRestStepAside) {
  ExpectSameChange(kModel, R"(
drop table t;
add view t as select id, name as a from p;
)",
                   "drop view v; drop table t; create view t as select id, name as a from p; create view v "
                   "as select id, a from t;");
  ExpectSameChange(kModel, R"(
alter table t { drop column a; }
replace view v as select id from t;
)",
                   "drop view v; alter table t drop column a; create view v as select id from t;");
  ExpectRevisionError(kModel, "alter table t { drop column a; }", "view \"v\" needs it");
  ExpectRevisionError(kModel, "drop constraint p_pkey on p;", "constraint \"t_p_fkey\"");
}

TEST(Revision, TypesChangeUnderViews) {
  ExpectSameChange(
      kModel, R"(
alter table t { alter column a type varchar(20); }
)",
      "drop view v; alter table t alter column a type varchar(20); create view v as select id, a from t;");
}

TEST(Revision, AddedSchemaIsNotTheCurrentOne) {
  ExpectSameChange(kModel, "add schema app;\nadd table x { a int; }\n",
                   "create schema app; create table x (a int);");
  ExpectSameChange(kModel, "schema app;\nadd table x { a int; }\n",
                   "create schema app; create table app.x (a int);");
}

TEST(Revision, Renames) {
  ExpectSameChange(kModel, R"(
rename table t to u;
alter table u { rename column a to b; rename index t_a to u_b; rename constraint t_pos to u_pos; }
rename enum state to status;
rename view v to w;
)",
                   R"(
alter table t rename to u;
alter table u rename column a to b;
alter index t_a rename to u_b;
alter table u rename constraint t_pos to u_pos;
alter type state rename to status;
alter view v rename to w;
)");
}

TEST(Revision, RenamesAreToldByTheirFirstAndLastNames) {
  const auto revised = Revise(Before(), R"(
rename table t to u;
alter table u { rename column a to b; }
rename table u to x;
alter table x { rename column b to c; }
)");
  EXPECT_EQ(revised.diagnostics, "");
  const std::vector<schema::Rename> wanted{
      {{ObjectKind::Table, "public", "t", ""}, {ObjectKind::Table, "public", "x", ""}},
      {{ObjectKind::Column, "public", "t", "a"}, {ObjectKind::Column, "public", "x", "c"}},
  };
  EXPECT_EQ(revised.effect.intent.renames, wanted);
}

TEST(Revision, Conversions) {
  const auto revised = Revise(Before(), R"(
alter table t { alter column a type int using length(a) down using a::text; alter column s set not null backfill 'off';
  add column r text not null backfill 'eu'; }
alter table p { drop column name restore 'x'; }
)");
  EXPECT_EQ(revised.diagnostics, "");
  const schema::Intent& intent = revised.effect.intent;
  const auto& conversion = intent.conversions.at({ObjectKind::Column, "public", "t", "a"});
  EXPECT_EQ(conversion.up->text, "length(a)");
  EXPECT_EQ(conversion.down->text, "a::text");
  EXPECT_EQ(intent.backfills.at({ObjectKind::Column, "public", "t", "s"}).text, "'off'");
  EXPECT_EQ(intent.backfills.at({ObjectKind::Column, "public", "t", "r"}).text, "'eu'");
  EXPECT_EQ(intent.restores.at({ObjectKind::Column, "public", "p", "name"}).text, "'x'");
}

TEST(Revision, EnumLabels) {
  const auto revised = Revise(Before(), R"(
alter enum state { add maybe after live; add first before live; rename off to disabled; drop gone map to disabled; comment 'x'; }
)");
  EXPECT_EQ(revised.diagnostics, "");
  const ObjectAddress state{ObjectKind::Enum, "public", "state", ""};
  const auto* type = revised.effect.after.Get<schema::Enum>(state);
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(type->labels, (std::vector<std::string>{"first", "live", "maybe", "disabled"}));
  EXPECT_EQ(type->comment, "x");
  const schema::LabelMapping& mapping = revised.effect.intent.labels.at(state);
  EXPECT_EQ(mapping.renamed, (std::map<std::string, std::string>{{"off", "disabled"}}));
  EXPECT_EQ(mapping.removed, (std::map<std::string, std::string>{{"gone", "disabled"}}));
  const auto ordered = Revise(Before(), "alter enum state { order (gone, off, live); }");
  EXPECT_EQ(ordered.effect.after.Get<schema::Enum>(state)->labels,
            (std::vector<std::string>{"gone", "off", "live"}));
  ExpectRevisionError(kModel, "alter enum state { order (gone, off); }", "each label once");
  ExpectRevisionError(kModel, "alter enum state { drop gon; }", "write gone");
  ExpectRevisionError(kModel, "alter enum state { add live; }", "already has the label");
}

TEST(Revision, DataSteps) {
  const auto revised = Revise(Before(), R"(
backfill t set a = 'x' where a is null;
sql "move" { up $$ update t set a = upper(a); $$ down $$ update t set a = lower(a); $$ }
allow drop-table, drop-column;
)");
  EXPECT_EQ(revised.diagnostics, "");
  const auto& steps = revised.effect.intent.data_steps;
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].up, "UPDATE t SET a = 'x' where a is null;");
  EXPECT_FALSE(steps[0].needs_undo);
  EXPECT_EQ(steps[1].title, "move");
  EXPECT_EQ(steps[1].down, "update t set a = lower(a);");
  EXPECT_EQ(revised.effect.allowed, (std::set<std::string>{"drop-column", "drop-table"}));
  ExpectRevisionError(kModel, "allow drop-colum;", "no hazard is called \"drop-colum\"");
  ExpectRevisionError(kModel, "backfill nothing set a = 1;", "no table \"nothing\"");
  const std::string apart = "schema app; table parts { a text; }";
  ExpectRevisionError(apart,
                      "schema app; sql \"x\" { up $$ with parts as (select 1) select * from parts; $$ }",
                      "only if its schema is written");
  ExpectRevisionError(kModel, "sql \"x\" { up $$ updat t; $$ }", "a.mdiff:2:");
}

// Scripts run under the default search path.
TEST(Revision, DataStepsGetTheirSchemasWrittenOut) {
  const auto revised = Revise(AnalyzeText("schema app; table parts { a text; }").model.catalog, R"(
schema app;
sql "x" { up $$ update parts set a = null; $$ down $$ delete from parts; $$ }
backfill parts set a = (select max(a) from parts);
)");
  EXPECT_EQ(revised.diagnostics, "");
  const auto& steps = revised.effect.intent.data_steps;
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].up, "update app.parts set a = null;");
  EXPECT_EQ(steps[0].down, "delete from app.parts;");
  EXPECT_EQ(steps[1].up, "UPDATE app.parts SET a = (select max(a) from app.parts);");
}

TEST(Revision, Replaces) {
  ExpectSameChange(kModel, R"(
replace view v as select id, upper(a) as a, s from t;
replace function f(n int) returns bigint language sql as $$ select n * 2 $$;
alter table t { replace index t_a (a, id); replace check t_pos (id > 1); }
)",
                   R"(
drop view v;
create view v as select id, upper(a) as a, s from t;
drop function f(integer);
create function f(n int) returns bigint language sql as $$ select n * 2 $$;
drop index t_a;
create index t_a on t (a, id);
alter table t drop constraint t_pos;
alter table t add constraint t_pos check (id > 1);
)");
  ExpectRevisionError(kModel, "replace view nothing as select 1;", "to replace");
  ExpectRevisionError(kModel, "replace table t { a int; }", "altered, not replaced");
}

TEST(Revision, Concurrently) {
  const auto revised =
      Revise(Before(), "alter table t { add index concurrently i (s); }\ndrop concurrently index t_a;\n");
  EXPECT_EQ(revised.diagnostics, "");
  EXPECT_EQ(revised.effect.intent.concurrently,
            (std::set<ObjectAddress>{{ObjectKind::Index, "public", "t", "i"},
                                     {ObjectKind::Index, "public", "t", "t_a"}}));
}

TEST(Revision, OtherObjectsInPostgresWords) {
  ExpectSameChange(
      kModel, R"(
alter sequence q { increment by 5; comment 'counts'; }
alter function f(text) { strict; }
)",
      "alter sequence q increment by 5; comment on sequence q is 'counts'; alter function f(text) strict;");
  ExpectRevisionError(kModel, "alter sequence q { rename to r; }", "a rename stands as an item of its own");
  ExpectRevisionError(kModel, "alter function f { strict; }", "there are 2 functions");
}

TEST(Revision, Seeds) {
  const auto revised = Revise(Before(), "add seed p { { id: 1, name: 'a' }; { id: 2, name: 'b' }; }\n");
  ASSERT_EQ(revised.diagnostics, "");
  const auto next =
      Revise(revised.effect.after, "replace seed p { { id: 1, name: 'c' }; }\ndrop seed p { { id: 2 }; }\n");
  EXPECT_EQ(next.diagnostics, "");
  EXPECT_EQ(next.effect.after.PartsOf({"public", "p"}, ObjectKind::SeedRow).size(), 1U);
  EXPECT_THAT(Revise(revised.effect.after, "drop seed p { { id: 9 }; }").diagnostics,
              ::testing::HasSubstr("no seed row"));
}

TEST(Revision, ErrorsAreAllTold) {
  const auto revised = Revise(
      Before(),
      "drop table nothing;\nalter table t { drop column z; add column a int; }\nrename view v to t;\n");
  EXPECT_THAT(revised.diagnostics, ::testing::HasSubstr("a.mdiff:2:12: error: no table \"nothing\""));
  EXPECT_THAT(revised.diagnostics, ::testing::HasSubstr("no column \"z\" in table \"t\""));
  EXPECT_THAT(revised.diagnostics, ::testing::HasSubstr("a.mdiff:4:"));
}

}  // namespace
}  // namespace schemac::testing
