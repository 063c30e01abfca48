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

TEST(Interpret, AForeignKeyWithSeveralKeysToRestOn) {
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

TEST(Interpret, CommentsOnIndexesOfConstraints) {
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

TEST(Interpret, TriggersOfAForeignTableAreKeptWithIt) {
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

TEST(Interpret, OperatorsDoNotWaitForTheirNegators) {
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

TEST(Interpret, PublicationsNeedTheColumnsThatTheyNameAndFilterBy) {
  const Catalog catalog = CatalogAfter(
      "create table t (id int primary key, a int, b text, c text); create table u (a int);"
      "create publication p for table t (id, b) where (a > 3 and 1 = 1), u;");
  const auto* raw = catalog.Get<schema::Raw>({ObjectKind::Raw, "", "publication p", ""});
  ASSERT_NE(raw, nullptr);
  std::vector<std::string> columns;
  for (const ObjectAddress& address : raw->depends_on) columns.push_back(address.name + "." + address.member);
  EXPECT_EQ(columns, (std::vector<std::string>{"t.a", "t.b", "t.id"}));
}

}  // namespace
}  // namespace schemac::sql
