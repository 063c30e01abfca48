// Whatever may be a mention of a name is taken for one.
#include "compiler/analyze/name_words.h"

#include <string>

#include <gtest/gtest.h>

namespace schemac::analyze {
namespace {

// Whether the text may mention the name.
bool MayMention(std::string_view text, std::string_view name) {
  NameWords words;
  EXPECT_TRUE(words.Know("another"));
  EXPECT_TRUE(words.Know(name));
  const bool anything = words.Read(7, text);
  return anything || !words.ReadersOf(name).empty();
}

TEST(NameWords, WordsOfAnyCase) {
  EXPECT_TRUE(MayMention("a T;", "t"));
  EXPECT_TRUE(MayMention("a t", "T"));
  EXPECT_TRUE(MayMention("app.users.id", "users"));
  EXPECT_TRUE(MayMention("'users'", "users"));
  EXPECT_TRUE(MayMention("$users$x$users$", "users"));
  EXPECT_TRUE(MayMention("straße", "straße"));
  EXPECT_FALSE(MayMention("users_id user usersx", "users"));
  EXPECT_FALSE(MayMention("", "users"));
}

TEST(NameWords, TheTypesOfArrays) {
  EXPECT_TRUE(MayMention("_users", "users"));
  EXPECT_FALSE(MayMention("__users", "users"));
}

TEST(NameWords, OddNames) {
  EXPECT_TRUE(MayMention("\"my table\"", "my table"));
  EXPECT_TRUE(MayMention("a.\"a-bc\"", "a-bc"));
  NameWords words;
  EXPECT_FALSE(words.Know("%"));
  EXPECT_FALSE(words.Know(""));
}

TEST(NameWords, WhatMayBeAnyName) {
  EXPECT_TRUE(MayMention("E'\\x41'", "users"));
  EXPECT_TRUE(MayMention(std::string(64, 'a'), "users"));
  EXPECT_FALSE(MayMention(std::string(63, 'a'), "users"));
  EXPECT_TRUE(MayMention(std::string(63, 'a'), std::string(63, 'a') + "b"));
}

TEST(NameWords, ManyTexts) {
  NameWords words;
  for (const char* name : {"a", "b"}) ASSERT_TRUE(words.Know(name));
  EXPECT_FALSE(words.Read(0, "a b"));
  EXPECT_FALSE(words.Read(1, "c"));
  EXPECT_FALSE(words.Read(2, "B _a"));
  EXPECT_EQ(words.ReadersOf("a"), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(words.ReadersOf("b"), (std::vector<std::size_t>{0, 2}));
}

}  // namespace
}  // namespace schemac::analyze
