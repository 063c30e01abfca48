#include "schema/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace schemac::schema {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(OptionsTest, KeepTheOrderInWhichTheyCame) {
  Options options{{"pages_per_range", "32"}, {"autosummarize", "on"}};
  EXPECT_FALSE(options.Add("autosummarize", "off"));
  options["pages_per_range"] = "16";
  options["x"] = "";
  EXPECT_THAT(options,
              ElementsAre(Pair("pages_per_range", "16"), Pair("autosummarize", "on"), Pair("x", "")));
  options.EraseEmpty();
  options.erase("pages_per_range");
  EXPECT_THAT(options, ElementsAre(Pair("autosummarize", "on")));
}

TEST(OptionsTest, TheirOrderIsNoDifference) {
  EXPECT_EQ((Options{{"a", "1"}, {"b", "2"}}), (Options{{"b", "2"}, {"a", "1"}}));
  EXPECT_NE((Options{{"a", "1"}}), (Options{{"a", "2"}}));
  EXPECT_NE((Options{{"a", "1"}}), (Options{{"a", "1"}, {"b", "2"}}));
}

TEST(OptionsTest, WhatIsSetComesBehindTheRest) {
  const Options before{{"a", "1"}, {"b", "2"}, {"gone", "3"}};
  const OptionChanges last = ChangesBetween(before, {{"a", "1"}, {"b", "5"}});
  EXPECT_THAT(last.set, ElementsAre(Pair("b", "5")));
  EXPECT_THAT(last.reset, ElementsAre("gone"));
  const OptionChanges first = ChangesBetween(before, {{"a", "5"}, {"b", "2"}, {"gone", "3"}});
  EXPECT_THAT(first.set, ElementsAre(Pair("a", "5"), Pair("b", "2"), Pair("gone", "3")));
  EXPECT_THAT(ChangesBetween(before, {{"b", "2"}, {"gone", "3"}, {"a", "1"}}).set, IsEmpty());
}

}  // namespace
}  // namespace schemac::schema
