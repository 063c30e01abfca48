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
