// What the interpreter keeps as statements beside the object they are about, and foreign keys whose key it
// cannot tell.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "schema/object.h"
#include "tests/sql/catalog_after.h"

namespace schemac::sql {
namespace {

using schema::Catalog;
using schema::ObjectAddress;
using schema::ObjectKind;

TEST(KeptStatements, AForeignKeyWithSeveralKeysToRestOn) {
  const std::string tables =
      "create table a (id int not null, constraint z unique (id)); create table b (x int references a (id));"
      "alter table a add primary key (id);";
  const ObjectAddress key{ObjectKind::Constraint, "public", "b", "b_x_fkey"};
  EXPECT_TRUE(CatalogAfter(tables + "alter table a drop constraint a_pkey;").Has(key));
  EXPECT_TRUE(CatalogAfter(tables + "alter table a drop constraint z;").Has(key));
  EXPECT_FALSE(
      CatalogAfter(tables + "alter table a drop constraint a_pkey, drop constraint z cascade;").Has(key));
  EXPECT_FALSE(CatalogAfter(tables + "alter table a drop column id cascade;").Has(key));
  EXPECT_EQ(
      Failure(tables + "alter table a drop constraint a_pkey cascade;"),
      "which key constraint \"b_x_fkey\" of table \"b\" rests on is not known offline: several fit, and "
      "not all go");
}

TEST(KeptStatements, CommentsOnIndexesOfConstraints) {
  const std::string table = "create table t (id int constraint k primary key);";
  const Catalog catalog =
      CatalogAfter(table + "comment on index k is 'by id'; comment on constraint k on t is 'c';");
  const auto* raw = catalog.Get<schema::Raw>({ObjectKind::Raw, "", "comment on index public.k", ""});
  ASSERT_NE(raw, nullptr);
  EXPECT_EQ(raw->create.text, "COMMENT ON INDEX k IS 'by id'");
  EXPECT_EQ(raw->drop.text, "COMMENT ON INDEX k IS NULL");
  EXPECT_FALSE(CatalogAfter(table + "comment on index k is 'other';") ==
               CatalogAfter(table + "comment on index k is 'by id';"));
  ExpectSame(table, table + "comment on index k is 'x'; comment on index k is null;");
  ExpectSame("create table t (id int not null);",
             table + "comment on index k is 'x'; alter table t drop constraint k;");
  ExpectSame("", table + "comment on index k is 'x'; drop table t;");
  ExpectSame(table + "comment on index k is 'x';",
             "create table t (id int not null); create unique index i on t (id); comment on index i is 'x';"
             "alter table t add constraint k primary key using index i;");
  EXPECT_EQ(Failure(table + "comment on index k is 'x'; alter index k rename to l;"),
            "a new name while there is a comment on index public.k is not supported");
}

TEST(KeptStatements, TriggersOfAForeignTableAreKeptWithIt) {
  const std::string table =
      "create foreign data wrapper w; create server s foreign data wrapper w;"
      "create foreign table f (a int) server s;"
      "create function g() returns trigger language plpgsql as 'begin return new; end';";
  const auto trigger = [](const std::string& name) {
    return "create trigger " + name + " before insert on f for each row execute function g();";
  };
  const Catalog catalog = CatalogAfter(table + trigger("t"));
  const auto* raw = catalog.Get<schema::Raw>({ObjectKind::Raw, "", "foreign table public.f", ""});
  ASSERT_NE(raw, nullptr);
  EXPECT_TRUE(
      raw->create.text.ends_with("create trigger t before insert on f for each row execute function g()"))
      << raw->create.text;
  EXPECT_FALSE(CatalogAfter(table + trigger("u")) == catalog);
}

TEST(KeptStatements, OperatorsDoNotWaitForTheirNegators) {
  const auto operation = [](const std::string& name, const std::string& negator) {
    return "create operator " + name + " (leftarg = int, rightarg = int, function = f, negator = " + negator +
           ");";
  };
  const Catalog catalog =
      CatalogAfter("create function f(int, int) returns boolean immutable language sql as 'select true';" +
                   operation("===", "!==") + operation("!==", "==="));
  const auto* raw =
      catalog.Get<schema::Raw>({ObjectKind::Raw, "", "operator public.!== (integer, integer)", ""});
  ASSERT_NE(raw, nullptr);
  for (const ObjectAddress& address : raw->depends_on) EXPECT_NE(address.kind, ObjectKind::Raw);
}

TEST(KeptStatements, PublicationsNeedTheColumnsThatTheyNameAndFilterBy) {
  const Catalog catalog = CatalogAfter(
      "create table t (id int primary key, a int, b text, c text); create table u (a int);"
      "create publication p for table t (id, b) where (a > 3 and 1 = 1), u;");
  const auto* raw = catalog.Get<schema::Raw>({ObjectKind::Raw, "", "publication p", ""});
  ASSERT_NE(raw, nullptr);
  std::vector<std::string> columns;
  for (const ObjectAddress& address : raw->depends_on) columns.push_back(address.name + "." + address.member);
  EXPECT_EQ(columns, (std::vector<std::string>{"t.a", "t.b", "t.id"}));
}

TEST(KeptStatements, OperatorsAreAsADumpHasThem) {
  const std::string function =
      "create schema app; create function app.same(text, text) returns boolean language sql as 'select "
      "true';";
  ExpectSame(function +
                 "set search_path = app; create operator app.=== (leftarg = text, rightarg = text,"
                 "procedure = app.same, commutator = ===);",
             function +
                 "create operator app.=== (function = app.same, leftarg = text, rightarg = text,"
                 "commutator = operator(app.===));");
}

// Of several functions, and of one that takes something else.
TEST(KeptStatements, AnOperatorStandsOnTheFunctionOfItsOperands) {
  const std::string text = "create function f(text, text) returns text language sql as 'select $1';";
  const std::string both = text + "create function f(int, int) returns int language sql as 'select $1';";
  const auto stands_on = [](const std::string& script) {
    const Catalog catalog =
        CatalogAfter(script + "create operator @@@ (leftarg = int, rightarg = int, function = f);");
    return catalog.Get<schema::Raw>({ObjectKind::Raw, "", "operator public.@@@ (integer, integer)", ""})
        ->create.references.size();
  };
  EXPECT_EQ(stands_on(both), 1U);
  EXPECT_EQ(stands_on(text), 0U);
}

TEST(KeptStatements, RawWithoutAStatementIsNoObjectOfItsOwn) {
  Catalog catalog = Catalog::Empty();
  const auto known = InterpretRaw("r", " -- nothing\n", "", catalog, {});
  ASSERT_TRUE(known);
  EXPECT_FALSE(*known);
}

TEST(KeptStatements, RawObjectsKeepTheirStatements) {
  const Catalog catalog = CatalogAfter(
      "create extension postgres_fdw; create server s foreign data wrapper postgres_fdw options (host 'h');"
      "create foreign table ft (a int) server s; create publication p for all tables;");
  const auto& table = *catalog.Get<schema::Raw>({ObjectKind::Raw, "", "foreign table public.ft", ""});
  EXPECT_EQ(table.drop.text, "DROP FOREIGN TABLE ft");
  EXPECT_EQ(table.depends_on, (std::vector<ObjectAddress>{{ObjectKind::Raw, "", "server s", ""}}));
  EXPECT_TRUE(catalog.Has({ObjectKind::Raw, "", "publication p", ""}));
}

TEST(KeptStatements, WhatIsDoneToAForeignTableIsKeptWithIt) {
  const std::string table =
      "create foreign data wrapper w; create server s foreign data wrapper w;"
      "create foreign table f (a int, b text) server s;";
  const std::string more = "alter foreign table f alter b options (add x '1'); comment on column f.a is 'c';";
  const ObjectAddress address{ObjectKind::Raw, "", "foreign table public.f", ""};
  ExpectSame(table, table + "alter table f owner to app;");
  const Catalog catalog = CatalogAfter(table + more);
  const auto* raw = catalog.Get<schema::Raw>(address);
  ASSERT_NE(raw, nullptr);
  EXPECT_TRUE(
      raw->create.text.ends_with("alter foreign table f alter b options (add x '1');\n"
                                 "comment on column f.a is 'c'"))
      << raw->create.text;
}

TEST(KeptStatements, Transforms) {
  const std::string transform =
      "create transform for int language sql (from sql with function prsd_lextype(internal));";
  EXPECT_NE(CatalogAfter(transform).Find({ObjectKind::Raw, "", "transform for integer language sql", ""}),
            nullptr);
  ExpectSame("", transform + "drop transform for integer language sql;");
}

TEST(KeptStatements, OperatorsTakeSomethingOnTheirRight) {
  const std::string function = "create function f(int) returns int language sql as 'select 1';";
  EXPECT_EQ(Failure(function + "create operator @@@ (leftarg = int, function = f)"),
            "operator right argument type must be specified");
  EXPECT_EQ(Failure(function + "create operator @@@ (function = f)"),
            "operator argument types must be specified");
}

TEST(KeptStatements, OverloadedOperatorsDoNotNeedOneAnother) {
  const Catalog catalog = CatalogAfter(
      "create function f(int) returns int language sql as 'select 1';"
      "create function f(text) returns int language sql as 'select 1';"
      "create operator @@@ (rightarg = int, function = f);"
      "create operator @@@ (rightarg = text, function = f);");
  const auto* second =
      catalog.Get<schema::Raw>({ObjectKind::Raw, "", "operator public.@@@ (none, text)", ""});
  ASSERT_NE(second, nullptr);
  EXPECT_TRUE(second->depends_on.empty());
}

TEST(KeptStatements, OperatorFamiliesGrow) {
  ExpectSame(
      "create operator family fam using btree;"
      "alter operator family fam using btree add operator 1 < (int4, int8);",
      "create operator family fam using btree;"
      "ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 1 < (int4, int8);");
  EXPECT_EQ(Failure("alter operator family fam using btree add operator 1 < (int4, int8)"),
            "operator family public.fam using btree does not exist");
}

TEST(KeptStatements, DropsUserMappings) {
  const std::string server = "create foreign data wrapper w; create server s foreign data wrapper w;";
  ExpectSame(server +
                 "create user mapping for public server s; drop user mapping for public server s;"
                 "drop user mapping if exists for u server s;",
             server);
}

}  // namespace
}  // namespace schemac::sql
