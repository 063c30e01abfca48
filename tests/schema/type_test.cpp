#include "schema/type.h"

#include <gtest/gtest.h>

namespace schemac::schema {
namespace {

Type Builtin(std::string name, std::string modifiers = "", bool array = false) {
  return {"", std::move(name), std::move(modifiers), array};
}

TEST(FormatType, PutsModifiersWhereTheyBelong) {
  EXPECT_EQ(FormatType(Builtin("character varying", "255")), "character varying(255)");
  EXPECT_EQ(FormatType(Builtin("timestamp with time zone", "3")), "timestamp(3) with time zone");
  EXPECT_EQ(FormatType(Builtin("time without time zone", "0", true)), "time(0) without time zone[]");
  EXPECT_EQ(FormatType(Builtin("interval", "3")), "interval(3)");
  EXPECT_EQ(FormatType(Builtin("interval", "day to second(3)")), "interval day to second(3)");
  EXPECT_EQ(FormatType(Builtin("numeric", "10,2")), "numeric(10,2)");
  EXPECT_EQ(FormatType(Builtin("character")), "bpchar");
  EXPECT_EQ(FormatType(Builtin("\"char\"")), "\"char\"");
}

TEST(FormatType, QuotesAndQualifiesUserTypes) {
  EXPECT_EQ(FormatType({"public", "status", "", false}), "status");
  EXPECT_EQ(FormatType({"app", "Status", "", true}), "app.\"Status\"[]");
  EXPECT_EQ(FormatType({"a.b", "x\"y", "", false}), "\"a.b\".\"x\"\"y\"");
  EXPECT_EQ(FormatType({"public", "geometry", "Point,4326", false}), "geometry(Point,4326)");
}

TEST(CanonicalBuiltinType, KnowsTheSpellings) {
  EXPECT_EQ(CanonicalBuiltinType("int4"), "integer");
  EXPECT_EQ(CanonicalBuiltinType("INT"), "integer");
  EXPECT_EQ(CanonicalBuiltinType("double   Precision"), "double precision");
  EXPECT_EQ(CanonicalBuiltinType("timestamptz"), "timestamp with time zone");
  EXPECT_EQ(CanonicalBuiltinType("varchar"), "character varying");
  EXPECT_EQ(CanonicalBuiltinType("char"), "character");
  EXPECT_EQ(CanonicalBuiltinType("\"char\""), "\"char\"");
  EXPECT_EQ(CanonicalBuiltinType("jsonb"), "jsonb");
  EXPECT_EQ(CanonicalBuiltinType("nummultirange"), "nummultirange");
  EXPECT_EQ(CanonicalBuiltinType("_int4"), std::nullopt);
  EXPECT_EQ(CanonicalBuiltinType("serial"), std::nullopt);
  EXPECT_EQ(CanonicalBuiltinType("citext"), std::nullopt);
  EXPECT_EQ(CanonicalBuiltinType(""), std::nullopt);
}

// Each line was tried as ALTER COLUMN TYPE on PostgreSQL 15.
TEST(HasAssignmentCast, AsPgCast) {
  const Type status{"public", "status", "", false};
  EXPECT_TRUE(HasAssignmentCast(Builtin("integer"), Builtin("bigint")));
  EXPECT_TRUE(HasAssignmentCast(Builtin("bigint"), Builtin("smallint")));
  EXPECT_TRUE(HasAssignmentCast(Builtin("integer"), Builtin("text")));
  EXPECT_TRUE(HasAssignmentCast(status, Builtin("text")));
  EXPECT_TRUE(HasAssignmentCast(Builtin("integer", "", true), Builtin("text")));
  EXPECT_TRUE(HasAssignmentCast(Builtin("json"), Builtin("jsonb")));
  EXPECT_TRUE(HasAssignmentCast(Builtin("date"), Builtin("timestamp with time zone")));
  EXPECT_TRUE(HasAssignmentCast(Builtin("integer", "", true), Builtin("bigint", "", true)));
  EXPECT_TRUE(HasAssignmentCast(Builtin("text", "", true), Builtin("character varying", "", true)));
  EXPECT_TRUE(HasAssignmentCast(Builtin("text"), {"public", "citext", "", false}));
  EXPECT_FALSE(HasAssignmentCast(Builtin("integer", "", true), Builtin("text", "", true)));
  EXPECT_FALSE(HasAssignmentCast(Builtin("text"), Builtin("integer")));
  EXPECT_FALSE(HasAssignmentCast(Builtin("text"), status));
  EXPECT_FALSE(HasAssignmentCast(Builtin("character varying"), Builtin("jsonb")));
  EXPECT_FALSE(HasAssignmentCast(Builtin("integer"), Builtin("boolean")));
  EXPECT_FALSE(HasAssignmentCast(Builtin("boolean"), Builtin("integer")));
  EXPECT_FALSE(HasAssignmentCast(Builtin("text"), Builtin("uuid")));
}

// Whether the table's file stayed the same, tried on PostgreSQL 15.
TEST(IsBinaryCoercible, AsTheServerKeepsTheFile) {
  EXPECT_TRUE(IsBinaryCoercible(Builtin("character varying", "5"), Builtin("character varying", "9")));
  EXPECT_TRUE(IsBinaryCoercible(Builtin("character varying", "5"), Builtin("text")));
  EXPECT_TRUE(IsBinaryCoercible(Builtin("text"), Builtin("character varying")));
  EXPECT_TRUE(IsBinaryCoercible(Builtin("numeric", "5,2"), Builtin("numeric", "7,2")));
  EXPECT_TRUE(IsBinaryCoercible(Builtin("numeric", "5,2"), Builtin("numeric")));
  EXPECT_TRUE(
      IsBinaryCoercible(Builtin("timestamp without time zone", "3"), Builtin("timestamp without time zone")));
  EXPECT_TRUE(IsBinaryCoercible(Builtin("integer"), Builtin("oid")));
  EXPECT_TRUE(IsBinaryCoercible(Builtin("cidr"), Builtin("inet")));
  EXPECT_TRUE(
      IsBinaryCoercible(Builtin("character varying", "5", true), Builtin("character varying", "", true)));
  EXPECT_FALSE(IsBinaryCoercible(Builtin("character varying", "9"), Builtin("character varying", "5")));
  EXPECT_FALSE(IsBinaryCoercible(Builtin("text"), Builtin("character varying", "9")));
  EXPECT_FALSE(IsBinaryCoercible(Builtin("numeric", "5,2"), Builtin("numeric", "7,3")));
  EXPECT_FALSE(IsBinaryCoercible(Builtin("character", "4"), Builtin("character", "5")));
  EXPECT_FALSE(IsBinaryCoercible(Builtin("character", "4"), Builtin("text")));
  EXPECT_FALSE(IsBinaryCoercible(Builtin("integer"), Builtin("bigint")));
  EXPECT_FALSE(IsBinaryCoercible(Builtin("character varying", "", true), Builtin("text", "", true)));
  EXPECT_FALSE(
      IsBinaryCoercible(Builtin("character varying", "5", true), Builtin("character varying", "9", true)));
}

}  // namespace
}  // namespace schemac::schema
