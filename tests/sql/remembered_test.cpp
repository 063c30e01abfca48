// Expressions that mean the same in every schema are analysed once; those that only look like it are not.
#include <gtest/gtest.h>

#include "tests/sql/catalog_after.h"

namespace schemac::sql {
namespace {

std::size_t ReferencesOfDefault(const std::string& before, const std::string& column) {
  const schema::Catalog catalog = CatalogAfter(before + "create table t (c " + column + ");");
  const schema::Table* table = catalog.FindTable({"public", "t"});
  EXPECT_NE(table, nullptr);
  return table == nullptr ? 0 : table->columns[0].default_value->references.size();
}

// The check of that table, which has only one.
schema::Expression CheckOf(const schema::Catalog& catalog, const std::string& table) {
  const auto parts = catalog.PartsOf({"public", table}, schema::ObjectKind::Constraint);
  EXPECT_EQ(parts.size(), 1U);
  return parts.empty() ? schema::Expression() : *std::get<schema::Constraint>(*parts.front()).check;
}

TEST(RememberedTest, TheSameWordsAreOfTheirOwnTable) {
  const schema::Catalog catalog = CatalogAfter(
      "create table a_table_of_a_long_name (n integer, check (n >= 0 and n < 9));"
      "create table t (n integer, check (n >= 0 and n < 9));");
  for (const std::string table : {"a_table_of_a_long_name", "t"}) {
    const schema::Expression check = CheckOf(catalog, table);
    EXPECT_EQ(check.text, "n >= 0 and n < 9");
    ASSERT_EQ(check.references.size(), 2U);
    for (const schema::Reference& reference : check.references) {
      EXPECT_EQ(reference.target, (schema::ObjectAddress{schema::ObjectKind::Column, "public", table, "n"}));
      EXPECT_TRUE(reference.IsSpelled());
    }
  }
  EXPECT_EQ(CheckOf(catalog, "t").canonical, CheckOf(catalog, "a_table_of_a_long_name").canonical);
}

TEST(RememberedTest, TheSameWordsMeanSomethingElseOfOtherTypes) {
  const schema::Catalog catalog = CatalogAfter(
      "create type mood as enum ('low', 'high'); create domain even as integer;"
      "create table i (n integer, check (n = '1')); create table v (n varchar(9), check (n = '1'));"
      "create table a (n integer[], check (n is not null)); create table d (n even, check (n = '1'));");
  EXPECT_NE(CheckOf(catalog, "i").canonical, CheckOf(catalog, "v").canonical);
  EXPECT_NE(CheckOf(catalog, "i").canonical, CheckOf(catalog, "d").canonical);
  EXPECT_EQ(CheckOf(catalog, "a").references.size(), 1U);
}

// A row of the table, in the one; a column, in the other.
TEST(RememberedTest, ANameOfNoColumnIsLookedUpEachTime) {
  const schema::Catalog catalog = CatalogAfter(
      "create table t (n integer, t integer, check (t is not null));"
      "create table u (n integer, u integer, check (u is not null));"
      "create schema s; create table s.t (n integer, check (t is not null));");
  EXPECT_EQ(CheckOf(catalog, "t").references.front().target.kind, schema::ObjectKind::Column);
  const auto parts = catalog.PartsOf({"s", "t"}, schema::ObjectKind::Constraint);
  ASSERT_EQ(parts.size(), 1U);
  const auto& row = *std::get<schema::Constraint>(*parts.front()).check;
  ASSERT_FALSE(row.references.empty());
  EXPECT_EQ(row.references.front().target.kind, schema::ObjectKind::Table);
}

// length() without arguments is none of PostgreSQL's.
TEST(RememberedTest, AFunctionThatComesLaterIsFound) {
  const std::string function = "create function length() returns integer language sql as 'select 1';";
  EXPECT_EQ(ReferencesOfDefault("", "integer default length()"), 0U);
  EXPECT_EQ(ReferencesOfDefault(function, "integer default length()"), 1U);
  EXPECT_EQ(ReferencesOfDefault("", "integer default length()"), 0U);
}

TEST(RememberedTest, ARelationThatComesLaterIsFound) {
  const std::string column = "oid default 's'::regclass";
  EXPECT_EQ(ReferencesOfDefault("", column), 0U);
  EXPECT_EQ(ReferencesOfDefault("create sequence s;", column), 1U);
}

}  // namespace
}  // namespace schemac::sql
