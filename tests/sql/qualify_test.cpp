#include "compiler/sql/qualify.h"

#include <gtest/gtest.h>

#include "compiler/sql/interpret.h"

namespace schemac::sql {
namespace {

std::string Qualified(const std::string& text) {
  schema::Catalog catalog = schema::Catalog::Empty();
  const auto made = InterpretStatements(
      "create schema app; create type app.state as enum ('on'); create table app.users (id int, name text);"
      "create table public.users (id int); create table plain (id int);"
      "create function app.shout(t text) returns text language sql as 'select t';"
      "create function app.lower(t bytea) returns text language sql as 'select null';",
      catalog, {});
  EXPECT_TRUE(made.ok());
  Scope scope;
  scope.catalog = &catalog;
  scope.search_path = {"app", "public"};
  const auto qualified = QualifyStatements(text, scope);
  return qualified ? *qualified : "error: " + qualified.error().message;
}

TEST(Qualify, NamesGetTheSchemaThatTheyAreFoundIn) {
  EXPECT_EQ(Qualified("update users set name = 'users' -- users\n where users.id in (select id from plain);\n"
                      "insert into users select * from public.users;"),
            "update app.users set name = 'users' -- users\n where users.id in (select id from plain);\n"
            "insert into app.users select * from public.users;");
  EXPECT_EQ(Qualified("delete from only \"users\" u using plain"),
            "delete from only app.\"users\" u using plain");
  EXPECT_EQ(Qualified("select shout('x'), 'on'::state, upper('a'), cast('on' as state[])"),
            "select app.shout('x'), 'on'::app.state, upper('a'), cast('on' as app.state[])");
}

TEST(Qualify, CommonTableExpressionsAndUnknownNamesStay) {
  EXPECT_EQ(Qualified("with users as (select 1) select * from users, nowhere"),
            "with users as (select 1) select * from users, nowhere");
}

TEST(Qualify, AFunctionThatPostgresHasTooIsAsked) {
  EXPECT_EQ(Qualified("select lower('A')"), "error: which function is meant, pg_catalog.lower or app.lower?");
  EXPECT_EQ(Qualified("select pg_catalog.lower('A')"), "select pg_catalog.lower('A')");
}

}  // namespace
}  // namespace schemac::sql
