#include "emitters/expression_text.h"

#include <gtest/gtest.h>

namespace schemac::emitters {
namespace {

TEST(ExpressionText, DefaultsGetParenthesesUnlessSimple) {
  for (const char* simple :
       {"1", "-1", "1.5e-3", "'a''b'", "E'\\''", "now()", "true", "NULL", "'x'::text", "ARRAY[1, 2]::int[]",
        "app.f('a', (1 + 2))", "(1 + 2)", "'x'::character varying(10)", "now()::timestamp with time zone",
        "interval '1 day'", "\"F\"(1)", "$$a$$", "nextval('s'::regclass)"}) {
    EXPECT_EQ(DefaultText(simple), simple);
  }
  for (const char* other :
       {"1 + 1", "a AND b", "now() AT TIME ZONE 'utc'", "(1) + (2)", "NOT true", "'a' || 'b'", "f(1)->'a'",
        "CASE WHEN true THEN 1 END", "x IN (1)", "", "(a", "1::int + 2"}) {
    EXPECT_EQ(DefaultText(other), "(" + std::string(other) + ")");
  }
  EXPECT_EQ(DefaultText("1 -- one"), "(1 -- one\n)");
}

TEST(ExpressionText, LineCommentsAreNoticedOutsideStringsOnly) {
  EXPECT_TRUE(EndsInLineComment("1 -- x"));
  EXPECT_FALSE(EndsInLineComment("'-- x'"));
  EXPECT_FALSE(EndsInLineComment("1 -- x\n+ 2"));
  EXPECT_FALSE(EndsInLineComment("$$ -- $$"));
}

TEST(ExpressionText, CallsStandBareInIndexes) {
  EXPECT_TRUE(IsPlainCall("lower(name)"));
  EXPECT_TRUE(IsPlainCall("app.f(a, b)"));
  EXPECT_FALSE(IsPlainCall("lower(a) || lower(b)"));
  EXPECT_FALSE(IsPlainCall("array(select 1)"));
  EXPECT_FALSE(IsPlainCall("a"));
}

TEST(ExpressionText, OptionsAreQuotedWhenTheyWouldChange) {
  EXPECT_EQ(OptionValueText("70"), "70");
  EXPECT_EQ(OptionValueText("-0.5"), "-0.5");
  EXPECT_EQ(OptionValueText("off"), "off");
  EXPECT_EQ(OptionValueText("Off"), "'Off'");
  EXPECT_EQ(OptionValueText("1.2.3"), "'1.2.3'");
  EXPECT_EQ(OptionValueText("a'b"), "'a''b'");
}

}  // namespace
}  // namespace schemac::emitters
