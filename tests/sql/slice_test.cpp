// The text of a node: what is read off the tree is what a search finds.
#include "compiler/sql/slice.h"

#include <array>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "compiler/sql/node_walk.h"
#include "compiler/sql/parse_tree.h"

namespace schemac::sql {
namespace {

std::string TextOf(const std::optional<Slice>& slice, std::string_view source) {
  return slice ? std::string(source.substr(slice->begin, slice->end - slice->begin)) : "(none)";
}

// How many nodes of the condition have a slice that is read; each of them is searched for too.
std::size_t CompareAll(const ProtobufCMessage& message, const Tokens& tokens) {
  std::size_t read = 0;
  if (message.descriptor == &pg_query__node__descriptor) {
    const auto& node = reinterpret_cast<const PgQuery__Node&>(message);
    if (const auto slice = ReadSlice(node, tokens)) {
      ++read;
      EXPECT_EQ(TextOf(slice, tokens.source()), TextOf(SearchSlice(node, tokens), tokens.source()))
          << tokens.source();
    }
  }
  ForEachField(message, [&](const NodeField& field) {
    if (const ProtobufCMessage* child = ChildOf(field)) read += CompareAll(*child, tokens);
  });
  return read;
}

// nullopt when it is no expression.
std::optional<std::size_t> CompareIn(const std::string& condition) {
  const std::string text = "SELECT 1 WHERE (" + condition + ")";
  const auto tree = ParseTree::Parse(text);
  if (!tree || tree->result().n_stmts != 1) return std::nullopt;
  const auto* where = tree->result().stmts[0]->stmt->select_stmt->where_clause;
  return where == nullptr ? std::nullopt : std::optional(CompareAll(where->base, Tokens(text)));
}

// What is read of a whole condition.
std::string ReadWhole(const std::string& condition) {
  const std::string text = "SELECT 1 WHERE (" + condition + ")";
  const auto tree = ParseTree::Parse(text);
  EXPECT_TRUE(tree) << text;
  const auto& where = *tree->result().stmts[0]->stmt->select_stmt->where_clause;
  return TextOf(ReadSlice(where, Tokens(text)), text);
}

TEST(Slice, OfPlainShapesIsReadOffTheTree) {
  for (const char* condition :
       {"a > 0", "a >= 0 and a < 1000000", "a or b and c", "a + b * c - d <> -5", "lower(a) = 'x'::text",
        "f(a, 1 + 2, g()) <= b", "a is null", "a is not null or b is null", "kind in ('a', 'b', 'c')",
        "kind NOT IN (1, -2)", "a /* of b */ > 0", "now()", "true", "a = 'x'::status"}) {
    EXPECT_EQ(ReadWhole(condition), condition);
  }
  EXPECT_EQ(ReadWhole("(a > 0)"), "a > 0");
}

TEST(Slice, IsNotReadWhereParenthesesStandBetween) {
  for (const char* condition : {"(a + b) * c > 0", "a and (b or c)", "(a) > 0", "a > (0)", "f((a)) = 1",
                                "a in ((1), 2)", "(a and b) and c", "not a", "count(distinct a) > 1"}) {
    EXPECT_EQ(ReadWhole(condition), "(none)") << condition;
  }
}

TEST(Slice, OfWhatNobodyWrote) {
  constexpr std::array<std::string_view, 36> kWords = {"a",         "b",
                                                       "t.c",       "1",
                                                       "-",         "'x'",
                                                       "'x'::text", "null",
                                                       "true",      "and",
                                                       "or",        "not",
                                                       "is",        "in",
                                                       "(",         ")",
                                                       "(",         ")",
                                                       ",",         "=",
                                                       "<",         "+",
                                                       "*",         "::int",
                                                       "f(",        "g()",
                                                       "like",      "between",
                                                       "array[",    "]",
                                                       "^",         "is not null",
                                                       "in (",      "at time zone",
                                                       "case",      "-1"};
  std::mt19937 random(7);
  std::size_t read = 0;
  std::size_t conditions = 0;
  for (int round = 0; round < 60000; ++round) {
    std::string condition;
    for (auto words = 1 + random() % 9; words > 0; --words)
      condition.append(kWords[random() % kWords.size()]).append(" ");
    if (const auto found = CompareIn(condition)) {
      ++conditions;
      read += *found;
    }
  }
  EXPECT_GT(conditions, 500U);
  EXPECT_GT(read, 1000U);
}

}  // namespace
}  // namespace schemac::sql
