#include "schema/name_order.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace schemac::schema {
namespace {

TEST(NameOrder, IsThatOfStrings) {
  std::mt19937 random(1);
  const std::string bytes("ab\xff\0", 4);
  const auto byte = [&] { return bytes[random() % bytes.size()]; };
  for (int round = 0; round < 200'000; ++round) {
    std::string left(random() % 20, 'a');
    for (char& c : left) c = byte();
    std::string right = left;
    if (!right.empty() && random() % 3 != 0) right[random() % right.size()] = byte();
    if (random() % 3 == 0) right += byte();
    if (random() % 3 == 0) right.resize(random() % (right.size() + 1));
    ASSERT_EQ(CompareNames(left, right), left <=> right) << left << " / " << right;
    ASSERT_EQ(CompareNames(right, left), right <=> left) << left << " / " << right;
  }
}

TEST(NameOrder, TakesNamesWithoutBytes) {
  EXPECT_EQ(CompareNames("", ""), std::strong_ordering::equal);
  EXPECT_EQ(CompareNames("", "a"), std::strong_ordering::less);
  EXPECT_EQ(CompareNames("a", ""), std::strong_ordering::greater);
}

}  // namespace
}  // namespace schemac::schema
