#include "compiler/support/rare.h"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace schemac {
namespace {

TEST(Rare, HasTheSizeOfAPointer) {
  EXPECT_EQ(sizeof(Rare<std::string>), sizeof(void*));
  EXPECT_EQ(sizeof(Rare<std::map<int, int>>), sizeof(void*));
}

TEST(Rare, IsTheDefaultUntilTold) {
  const Rare<std::string> none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.size(), 0U);
  EXPECT_EQ(none.begin(), none.end());
  EXPECT_EQ(*none, "");
}

TEST(Rare, ReadsLikeItsValue) {
  const Rare<std::string> text = "said";
  const std::string& same = text;
  const std::string_view view = text;
  EXPECT_EQ(same, "said");
  EXPECT_EQ(view, "said");
  EXPECT_EQ(text->size(), 4U);
  EXPECT_EQ(std::string(text.begin(), text.end()), "said");
}

TEST(Rare, KeepsNoDefault) {
  Rare<std::string> text = std::string();
  EXPECT_EQ(text.Held(), nullptr);
  text = "said";
  ASSERT_NE(text.Held(), nullptr);
  text = "";
  EXPECT_EQ(text.Held(), nullptr);
  text = "again";
  text.clear();
  EXPECT_EQ(text.Held(), nullptr);
}

TEST(Rare, ComparesValues) {
  Rare<std::vector<int>> edited;
  edited.Edit().clear();
  EXPECT_EQ(edited, Rare<std::vector<int>>());  // Though it holds one.
  edited.Edit().push_back(1);
  EXPECT_EQ(edited, Rare<std::vector<int>>(std::vector<int>{1}));
  EXPECT_NE(edited, Rare<std::vector<int>>());
}

TEST(Rare, CopiesAreApart) {
  Rare<std::vector<int>> first = std::vector<int>{1};
  Rare<std::vector<int>> second = first;
  second.Edit().push_back(2);
  EXPECT_EQ(first.size(), 1U);
  EXPECT_EQ(second.size(), 2U);
}

}  // namespace
}  // namespace schemac
