#include "compiler/support/quote.h"

#include <gtest/gtest.h>

namespace schemac {
namespace {

TEST(QuoteIdentifier, LeavesPlainNamesBare) {
  EXPECT_EQ(QuoteIdentifier("tenant_id"), "tenant_id");
  EXPECT_EQ(QuoteIdentifier("_x$1"), "_x$1");
  EXPECT_EQ(QuoteIdentifier("name"), "name");  // An unreserved keyword.
}

TEST(QuoteIdentifier, QuotesWhatWouldReadDifferently) {
  EXPECT_EQ(QuoteIdentifier("Tenant"), "\"Tenant\"");
  EXPECT_EQ(QuoteIdentifier("order"), "\"order\"");
  EXPECT_EQ(QuoteIdentifier("system_user"), "\"system_user\"");
  EXPECT_EQ(QuoteIdentifier("1st"), "\"1st\"");
  EXPECT_EQ(QuoteIdentifier(""), "\"\"");
  EXPECT_EQ(QuoteIdentifier("a\"; drop table t; --"), "\"a\"\"; drop table t; --\"");
  EXPECT_EQ(QuoteIdentifier("größe"), "\"größe\"");
  EXPECT_EQ(QuoteIdentifier("😀"), "\"😀\"");
  EXPECT_EQ(QuoteIdentifier("a\nb"), "\"a\nb\"");
  EXPECT_EQ(QuoteIdentifier("a.b"), "\"a.b\"");
}

TEST(QuoteQualified, LeavesOutPublic) {
  EXPECT_EQ(QuoteQualified("public", "t"), "t");
  EXPECT_EQ(QuoteQualified("", "t"), "t");
  EXPECT_EQ(QuoteQualified("Control", "select"), "\"Control\".\"select\"");
}

TEST(QuoteLiteral, DoublesQuotesAndEscapesBackslashes) {
  EXPECT_EQ(QuoteLiteral(""), "''");
  EXPECT_EQ(QuoteLiteral("it's"), "'it''s'");
  EXPECT_EQ(QuoteLiteral("a\\b'c"), "E'a\\\\b''c'");
  EXPECT_EQ(QuoteLiteral("$$\n"), "'$$\n'");
}

TEST(DollarQuote, FindsATagThatTheBodyDoesNotHold) {
  EXPECT_EQ(DollarQuote("begin end"), "$$begin end$$");
  EXPECT_EQ(DollarQuote("a $$ b"), "$body$a $$ b$body$");
  EXPECT_EQ(DollarQuote("$$ $body$"), "$body1$$$ $body$$body1$");
  EXPECT_EQ(DollarQuote("costs 5$"), "$body$costs 5$$body$");
}

TEST(TruncateIdentifier, CutsOnCharacterBoundaries) {
  EXPECT_EQ(TruncateIdentifier(std::string(63, 'a')).size(), 63U);
  EXPECT_EQ(TruncateIdentifier(std::string(64, 'a')).size(), 63U);
  const std::string umlauts = std::string("a") + [] {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "ä";
    return text;
  }();
  EXPECT_EQ(TruncateIdentifier(umlauts).size(), 63U);
  EXPECT_EQ(TruncateIdentifier("b" + umlauts).size(), 62U);
}

}  // namespace
}  // namespace schemac
