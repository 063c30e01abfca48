#include "compiler/support/word_index.h"

#include <gtest/gtest.h>

namespace schemac {
namespace {

TEST(WordIndexTest, FindsItsWordsAndNoOthers) {
  const WordIndex index({"table", "tible", "t", "", "table", "tables"});
  EXPECT_EQ(index.Find("table"), 0U);  // The first of two.
  EXPECT_EQ(index.Find("tible"), 1U);  // As long, with the same ends.
  EXPECT_EQ(index.Find("t"), 2U);
  EXPECT_EQ(index.Find(""), 3U);
  EXPECT_TRUE(index.Contains("tables"));
  EXPECT_FALSE(index.Contains("tuble"));
  EXPECT_FALSE(index.Contains("Table"));
  EXPECT_EQ(index.Find("views"), 6U);
  EXPECT_TRUE(index.MayContain(5, 't', 'e'));
  EXPECT_FALSE(WordIndex({}).Contains(""));
}

}  // namespace
}  // namespace schemac
