#include "schema/edit/names.h"

#include <gtest/gtest.h>

#include "schema/edit/index_column_name.h"
#include "tests/property/sql_builder.h"

namespace schemac::schema {
namespace {

Catalog WithTable(const std::string& name, const std::vector<std::string>& columns) {
  Catalog catalog = Catalog::Empty();
  Table table;
  table.name = {"public", name};
  for (const std::string& column : columns) {
    table.columns.emplace_back().name = column;
    table.columns.back().type = {"", "text", "", false};
  }
  catalog.Put(std::move(table));
  return catalog;
}

Constraint Unique(const std::string& table, std::vector<std::string> columns) {
  Constraint constraint;
  constraint.table = {"public", table};
  constraint.kind = ConstraintKind::Unique;
  constraint.columns = std::move(columns);
  return constraint;
}

TEST(MakeObjectName, ShortensTheLongerPart) {
  EXPECT_EQ(MakeObjectName("t", "c", "key"), "t_c_key");
  EXPECT_EQ(MakeObjectName("t", "", "pkey"), "t_pkey");
  const std::string fifty(50, 'a');
  const std::string forty(40, 'b');
  EXPECT_EQ(MakeObjectName(fifty, forty, "key"), std::string(29, 'a') + "_" + std::string(29, 'b') + "_key");
  EXPECT_EQ(MakeObjectName(fifty, "c", "fkey").size(), 57U);
  EXPECT_EQ(MakeObjectName(std::string(63, 'a'), "", "pkey"), std::string(58, 'a') + "_pkey");
}

TEST(MakeObjectName, NeverSplitsACharacter) {
  std::string emoji;
  for (int i = 0; i < 15; ++i) emoji += "🙂";  // 60 bytes, four each.
  const std::string name = MakeObjectName(emoji, "日本", "idx");
  EXPECT_EQ(name,
            "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂_日本_idx");  // 52 + 1 + 6 + 4 bytes: as
                                                                                 // PostgreSQL 15 names it
  EXPECT_LE(name.size(), 63U);
}

TEST(ChooseConstraintName, CountsOnCollision) {
  Catalog catalog = WithTable("t", {"a", "b"});
  Constraint first = Unique("t", {"a"});
  first.name = ChooseConstraintName(catalog, first);
  EXPECT_EQ(first.name, "t_a_key");
  catalog.Put(first);
  EXPECT_EQ(ChooseConstraintName(catalog, first), "t_a_key1");
  EXPECT_EQ(ChooseConstraintName(catalog, Unique("t", {"a", "b"})), "t_a_b_key");
}

TEST(ChooseConstraintName, ForeignKeysAndChecksMindConstraintsOfTheSchema) {
  Catalog catalog = WithTable("t", {"a", "b"});
  Constraint key;
  key.table = {"public", "t"};
  key.kind = ConstraintKind::ForeignKey;
  key.columns = {"a", "b"};
  EXPECT_EQ(ChooseConstraintName(catalog, key), "t_a_b_fkey");
  Constraint check;
  check.table = {"public", "t"};
  const ObjectAddress a{ObjectKind::Column, "public", "t", "a"};
  const ObjectAddress b{ObjectKind::Column, "public", "t", "b"};
  check.check = Sql("").Name(a).Text(" > ").Name(a);
  EXPECT_EQ(ChooseConstraintName(catalog, check), "t_a_check");
  check.check = Sql("").Name(a).Text(" > ").Name(b);
  EXPECT_EQ(ChooseConstraintName(catalog, check), "t_check");
  Domain domain;
  domain.name = {"public", "t"};
  domain.constraints.push_back({"t_check", Sql("VALUE > 0"), false, ""});
  Catalog other = catalog;
  other.Remove({ObjectKind::Table, "public", "t", ""});
  other.Put(domain);
  EXPECT_EQ(ChooseConstraintName(other, check), "t_check1");
  EXPECT_EQ(ChooseDomainConstraintName(other, domain), "t_check1");
}

TEST(ChooseIndexName, NamesOfColumnsAndExpressions) {
  const Catalog catalog = WithTable("it", {"a", "s"});
  Index index;
  index.table = {"public", "it"};
  IndexElement lower;
  lower.expression = Sql("lower(a)");
  index.elements = {lower, lower};
  EXPECT_EQ(ChooseIndexName(catalog, index), "it_lower_lower1_idx");
  IndexElement arrow;
  arrow.expression = Sql("d ->> 'x'");
  index.elements = {arrow, arrow};
  EXPECT_EQ(ChooseIndexName(catalog, index), "it_expr_expr1_idx");
  IndexElement plain;
  plain.column = "b";
  index.elements = {plain};
  index.include = std::vector<std::string>{"a", "s"};
  EXPECT_EQ(ChooseIndexName(catalog, index), "it_b_a_s_idx");
}

// As PostgreSQL 15 names the columns of such indexes.
TEST(IndexColumnName, AsTheServer) {
  EXPECT_EQ(IndexColumnName("(d->>'x')::integer"), "int4");
  EXPECT_EQ(IndexColumnName("coalesce(a, 'x')"), "coalesce");
  EXPECT_EQ(IndexColumnName("CASE WHEN b > 1 THEN lower(a) ELSE upper(s) END"), "upper");
  EXPECT_EQ(IndexColumnName("case when b>1 then 1 else 2 end"), "case");
  EXPECT_EQ(IndexColumnName("ts at time zone 'utc'"), "timezone");
  EXPECT_EQ(IndexColumnName("trim(a)"), "btrim");
  EXPECT_EQ(IndexColumnName("TRIM(LEADING FROM a)"), "ltrim");
  EXPECT_EQ(IndexColumnName("substring(a from 1 for 2)"), "substring");
  EXPECT_EQ(IndexColumnName("a::varchar(5)"), "a");
  EXPECT_EQ(IndexColumnName("lower(a) collate \"C\""), "lower");
  EXPECT_EQ(IndexColumnName("arr[1]"), "arr");
  EXPECT_EQ(IndexColumnName("b is null"), "");
  EXPECT_EQ(IndexColumnName("not (b = 1)"), "");
  EXPECT_EQ(IndexColumnName("b + 1"), "");
  EXPECT_EQ(IndexColumnName("true"), "");
  EXPECT_EQ(IndexColumnName("lower(a) || 'x'::text"), "");
  EXPECT_EQ(IndexColumnName("app.\"My Func\"(a)"), "My Func");
  EXPECT_EQ(IndexColumnName("((((lower(a)))))"), "lower");
  EXPECT_EQ(IndexColumnName(""), "");
  EXPECT_EQ(IndexColumnName("((("), "");
  EXPECT_EQ(IndexColumnName(std::string(100000, '(')), "");
}

TEST(ChooseSequenceName, SkipsTakenRelations) {
  const Catalog catalog = WithTable("t_id_seq", {});
  EXPECT_EQ(ChooseSequenceName(catalog, {"public", "t"}, "id"), "t_id_seq1");
  EXPECT_EQ(ChooseSequenceName(catalog, {"other", "t"}, "id"), "t_id_seq");
}

}  // namespace
}  // namespace schemac::schema
