// The map is held against std::map: whatever is done to one of several copies, each is as its own std::map.
#include "schema/shared_map.h"

#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace schemac::schema {
namespace {

using Plain = std::map<int, std::string>;
using Shared = SharedMap<int, std::string>;

void ExpectSame(const Shared& shared, const Plain& plain) {
  ASSERT_EQ(shared.size(), plain.size());
  EXPECT_TRUE(std::equal(shared.begin(), shared.end(), plain.begin(), plain.end()));
  auto place = shared.end();
  for (auto entry = plain.rbegin(); entry != plain.rend(); ++entry) EXPECT_EQ((--place)->first, entry->first);
  EXPECT_TRUE(place == shared.begin());
}

TEST(SharedMap, IsAMapInEachOfItsCopies) {
  std::mt19937 random(3);
  std::vector<std::pair<Shared, Plain>> copies(1);
  for (int step = 0; step < 20'000; ++step) {
    auto& [shared, plain] = copies[random() % copies.size()];
    const int key = static_cast<int>(random() % 400);
    const auto action = random() % 100;
    if (action < 55) {
      shared.Enter(key).second = plain[key] = std::to_string(step);
    } else if (action < 80) {
      shared.erase(key);
      plain.erase(key);
    } else if (action < 95) {
      auto* found = shared.FindMutable(key);
      ASSERT_EQ(found != nullptr, plain.contains(key));
      if (found != nullptr) found->second = plain[key] = "changed";
    } else if (copies.size() < 5) {
      copies.emplace_back(copies[random() % copies.size()]);
    } else {
      copies.erase(copies.begin() + static_cast<std::ptrdiff_t>(random() % copies.size()));
    }
    const auto& [some, expected] = copies[random() % copies.size()];
    EXPECT_EQ(some.contains(key), expected.contains(key));
    const auto bound = expected.lower_bound(key);
    ASSERT_EQ(some.lower_bound(key) == some.end(), bound == expected.end());
    if (bound != expected.end()) {
      EXPECT_EQ(*some.lower_bound(key), *bound);
    }
    if (step % 500 == 0) {
      for (const auto& [one, same] : copies) ExpectSame(one, same);
      for (const auto& [one, same] : copies) EXPECT_EQ(one == copies[0].first, same == copies[0].second);
    }
  }
}

TEST(SharedMap, WhatIsSharedIsPassedOver) {
  Shared before;
  for (int i = 0; i < 1000; ++i) before.Enter(i).second = "x";
  Shared after = before;
  after.FindMutable(500)->second = "y";
  after.erase(20);
  after.Enter(5000).second = "new";
  std::map<int, std::string> differences;
  int visited = 0;
  Shared::WalkBoth(before, after, [&](const auto* left, const auto* right) {
    ++visited;
    if (left != nullptr && right != nullptr && *left == *right) return;
    differences[left != nullptr ? left->first : right->first] =
        (left != nullptr ? left->second : "-") + (right != nullptr ? right->second : "-");
  });
  EXPECT_EQ(differences, (std::map<int, std::string>{{20, "x-"}, {500, "xy"}, {5000, "-new"}}));
  EXPECT_EQ(visited, 3);
}

TEST(SharedMap, OneChangeCopiesOneEntry) {
  Shared before;
  for (int i = 0; i < 1000; ++i) before.Enter(i).second = "x";
  Shared after = before;
  after.FindMutable(500)->second = "y";
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(&before.at(i) == &after.at(i), i != 500) << i;
}

TEST(SharedMap, InEveryOrder) {
  for (const int direction : {1, -1}) {
    Shared shared;
    Plain plain;
    for (int i = 0; i < 500; ++i) {
      const int key = direction * (i % 2 == 0 ? i : 1000 - i);
      shared.Enter(key).second = plain[key] = "x";
    }
    ExpectSame(shared, plain);
  }
}

TEST(SharedMap, WhatWasFoundStaysReadable) {
  Shared shared;
  for (int i = 0; i < 100; ++i) shared.Enter(i).second = std::to_string(i);
  const std::string* found = nullptr;
  {
    const Shared copy = shared;
    found = &shared.find(7)->second;
    shared.FindMutable(7)->second = "changed";
    EXPECT_EQ(copy.at(7), "7");
  }
  EXPECT_EQ(*found, "7");
  EXPECT_EQ(shared.at(7), "changed");
}

// Changes keys of that remainder by three, and removes some where it may.
void Change(int remainder, bool removes, std::mt19937& random, Shared& shared, Plain& plain) {
  for (int step = 0; step < 60; ++step) {
    const int key = static_cast<int>(random() % 300) / 3 * 3 + remainder;
    if (removes && random() % 4 == 0) {
      shared.erase(key);
      plain.erase(key);
    } else {
      shared.Enter(key).second = plain[key] = std::to_string(step);
    }
  }
}

TEST(SharedMap, TakesWhatAnotherAdded) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    Shared base;
    Plain plain;
    for (int rest = 0; rest < 3; ++rest) Change(rest, false, random, base, plain);
    Shared one = base;
    Shared other = base;
    Change(0, true, random, one, plain);
    Change(1, false, random, other, plain);
    ASSERT_TRUE(one.TakeAdditions(base, other));
    ExpectSame(one, plain);
    // The next changes find it in order.
    Change(2, true, random, one, plain);
    ExpectSame(one, plain);
  }
}

TEST(SharedMap, TakesNothingThatIsInTheWay) {
  Shared base;
  for (int key = 0; key < 100; key += 2) base.Enter(key).second = "base";
  const auto takes = [&](int key_of_one, int key_of_other) {
    Shared one = base;
    Shared other = base;
    one.Enter(key_of_one).second = "one";
    other.Enter(key_of_other).second = "other";
    return one.TakeAdditions(base, other);
  };
  EXPECT_TRUE(takes(1, 3));
  EXPECT_TRUE(takes(2, 4));
  EXPECT_FALSE(takes(1, 1));
  EXPECT_FALSE(takes(2, 2));
  Shared one = base;
  Shared other = base;
  other.erase(50);
  EXPECT_FALSE(one.TakeAdditions(base, other));
  other = base;
  other.erase(98);
  EXPECT_FALSE(Shared(base).TakeAdditions(base, other));
}

TEST(SharedMap, WhatIsMovedFromIsEmpty) {
  Shared shared;
  shared.Enter(1).second = "one";
  const Shared moved = std::move(shared);
  EXPECT_TRUE(shared.empty());  // NOLINT(bugprone-use-after-move)
  EXPECT_TRUE(shared.begin() == shared.end());
  EXPECT_EQ(moved.at(1), "one");
}

}  // namespace
}  // namespace schemac::schema
