// One expression in two spellings is one expression.
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/sql/canonical_literal.h"
#include "compiler/sql/expression.h"

namespace schemac::sql {
namespace {

class CanonicalTest : public ::testing::Test {
 protected:
  CanonicalTest() : catalog_(schema::Catalog::Empty()) {
    schema::Enum status;
    status.name = {"public", "status"};
    status.labels = {"new", "open", "done"};
    catalog_.Put(status);
    schema::Table table;
    table.name = {"public", "e"};
    const std::vector<std::pair<std::string, std::string>> columns{
        {"id", "integer"},      {"name", "varchar(40)"}, {"s", "status"},      {"st", "status[]"},
        {"n", "numeric(10,2)"}, {"b", "boolean"},        {"c", "timestamptz"}, {"d", "timestamp"},
        {"j", "jsonb"},         {"ta", "text[]"},        {"i", "int"},         {"sm", "smallint"},
        {"bi", "bigint"},       {"u", "uuid"},           {"iv", "interval"},   {"dt", "date"},
        {"f", "float8"},        {"r", "real"},           {"x", "text"},        {"ch", "char(3)"},
        {"by", "bytea"},        {"en", "text"}};
    scope_.catalog = &catalog_;
    for (const auto& [name, type] : columns) {
      schema::Column column;
      column.name = name;
      column.type = *ParseType(type, scope_);
      table.columns.push_back(column);
    }
    catalog_.Put(table);
    scope_.table = catalog_.FindTable(table.name);
  }

  schema::Expression Parse(std::string_view text, std::string_view type = {}) {
    Scope scope = scope_;
    if (!type.empty()) scope.value_type = *ParseType(type, scope_);
    auto expression = ParseExpression(text, scope);
    EXPECT_TRUE(expression) << text << ": " << (expression ? "" : expression.error().message);
    return expression ? *expression : schema::Expression{};
  }
  void ExpectSame(std::string_view left, std::string_view right, std::string_view type = {}) {
    const schema::Expression a = Parse(left, type);
    const schema::Expression b = Parse(right, type);
    EXPECT_TRUE(a == b) << left << "\n" << right << "\n" << a.canonical << "\n" << b.canonical;
  }
  void ExpectDifferent(std::string_view left, std::string_view right, std::string_view type = {}) {
    EXPECT_FALSE(Parse(left, type) == Parse(right, type)) << left << "\n" << right;
  }

  schema::Catalog catalog_;
  Scope scope_;
};

TEST_F(CanonicalTest, EqualsWhatTheServerPrints) {
#define PAIR(written, printed) ExpectSame(written, printed, "boolean");
#include "tests/sql/canonical_pairs.def"
#undef PAIR
}

TEST_F(CanonicalTest, DefaultsOfTheirOwnType) {
  ExpectSame("'new'", "'new'::status", "status");
  ExpectSame("'0'", "'0'::smallint", "smallint");
  // The server keeps which of them it was, and prints it so.
  ExpectDifferent("0", "'0'::smallint", "smallint");
  ExpectDifferent("0", "(0)::smallint", "smallint");
  ExpectDifferent("'a'", "'a'::text", "varchar(10)");
  ExpectSame("null", "NULL::character varying", "varchar(10)");
  ExpectSame("'a'", "'a'::character varying", "varchar(10)");
  ExpectSame("'a'", "'a'::text", "text");
  ExpectSame("-1", "'-1'::integer", "integer");
  ExpectSame("'t'", "true", "boolean");
  ExpectSame(R"('{"b": 1, "a": [1.0, 2]}')", R"('{"a":[1,2],"b":1}'::jsonb)", "jsonb");
  ExpectSame("'{}'", "'{}'::text[]", "text[]");
  ExpectSame("now()", "pg_catalog.now()", "timestamptz");
  ExpectSame("timezone('utc', now())", "(now() AT TIME ZONE 'utc'::text)", "timestamp");
  ExpectDifferent("now()", "current_timestamp", "timestamptz");
  ExpectDifferent("'{}'", "array[]::text[]", "text[]");
  ExpectDifferent(R"('{"a": 1}')", R"('{"a":1}')", "json");
  ExpectDifferent("'new'", "'open'", "status");
  ExpectDifferent("0", "'0 '", "text");
}

TEST_F(CanonicalTest, DifferentThingsStayDifferent) {
  ExpectDifferent(
      "a"
      "bs(i) > 1",
      "abs(sm) > 1");
  ExpectDifferent("i > 0 and b or name = 'x'", "i > 0 and (b or name = 'x')");
  ExpectDifferent("name = 'A'", "name = 'a'");
  ExpectDifferent("x in ('a', 'b')", "x not in ('a', 'b')");
  ExpectDifferent("i between 1 and 2", "i not between 1 and 2");
  ExpectDifferent("i::text = '1'", "i = 1");
  ExpectDifferent("x::varchar(3) = 'abc'", "x::varchar(4) = 'abc'");
  ExpectDifferent("x = E'a\\x01'", "x = 'a'");
  ExpectDifferent("x like 'a'", "x ilike 'a'");
}

// The short way past the parser must say what the long way says; parentheses and comments force the long way.
TEST_F(CanonicalTest, ShortWayEqualsLongWay) {
  for (const char* type :
       {"", "text", "varchar(9)", "integer", "smallint", "numeric(9,2)", "boolean", "jsonb", "timestamptz"}) {
    for (const char* text : {"0",
                             "007",
                             "-1",
                             "1.50",
                             "-0.5",
                             "2147483648",
                             "99999999999999999999",
                             "true",
                             "FALSE",
                             "null",
                             "''",
                             "'a''b'",
                             "'1'::int4",
                             "'x'::text",
                             "'{}'::jsonb",
                             "null::text",
                             "now()",
                             "gen_random_uuid()",
                             "'2020-01-01'::date",
                             "'-2147483648'"}) {
      ExpectSame(text, std::string("( /* c */ ") + text + " )", type);
    }
  }
}

TEST_F(CanonicalTest, LabelsAreReferences) {
  const schema::ObjectAddress label{schema::ObjectKind::Enum, "public", "status", "open"};
  for (const char* text :
       {"'open'", "'open'::status", "E'open'", "(/* c */ 'open')", "CAST('open' AS status)"}) {
    const schema::Expression parsed = Parse(text, "status");
    EXPECT_TRUE(parsed == Parse("'open'", "status")) << text;
    ASSERT_FALSE(parsed.references.empty()) << text;
    EXPECT_EQ(parsed.references.front().target, label) << text;
    EXPECT_THAT(parsed.text.substr(parsed.references.front().begin,
                                   parsed.references.front().end - parsed.references.front().begin),
                ::testing::HasSubstr("'open'"))
        << text;
  }
  // As the server refuses them, both ways.
  for (const char* text : {"'gone'", "( 'gone' )", "'gone'::status", "s = 'gone'"}) {
    Scope scope = scope_;
    scope.value_type = *ParseType(text[0] == 's' ? "boolean" : "status", scope_);
    const auto refused = ParseExpression(text, scope);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().message, "invalid input value for enum status: \"gone\"");
    EXPECT_EQ(refused.error().offset, std::string_view(text).find("'gone'")) << text;
  }
}

TEST_F(CanonicalTest, ValuesOfLiterals) {
  EXPECT_EQ(NormalizeLiteral("int4", " +007 "), "7");
  EXPECT_EQ(NormalizeLiteral("numeric", "1.50"), "1.50");
  EXPECT_EQ(NormalizeLiteral("bool", "YES"), "true");
  EXPECT_EQ(NormalizeLiteral("_int4", "{ 1, 02,NULL}"), NormalizeLiteral("_int4", "{1,2,null}"));
  EXPECT_EQ(NormalizeLiteral("interval", "90 minutes"), NormalizeLiteral("interval", "01:30:00"));
  EXPECT_NE(NormalizeLiteral("interval", "1 day"), NormalizeLiteral("interval", "24:00:00"));
  EXPECT_EQ(NormalizeLiteral("timestamptz", "2020-01-01T00:00:00Z"),
            NormalizeLiteral("timestamptz", "2020-01-01 02:00+02"));
  EXPECT_EQ(NormalizeJson(R"({"a":1e2,"a":2,"b":"é"})"), NormalizeJson(R"({"b": "\u00e9", "a": 2.0})"));
  EXPECT_EQ(NormalizeJson("{"), std::nullopt);
}

}  // namespace
}  // namespace schemac::sql
