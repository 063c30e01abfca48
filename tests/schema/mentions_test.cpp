#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/catalog.h"

namespace schemac::schema {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Table MakeTable(const std::string& name, const std::string& type) {
  Table table;
  table.name = {"public", name};
  table.columns.emplace_back();
  table.columns.back().name = "a";
  table.columns.back().type = type.empty() ? Type{"", "integer", "", false} : Type{"public", type, "", false};
  return table;
}

Enum MakeEnum(const std::string& name) {
  Enum type;
  type.name = {"public", name};
  return type;
}

ObjectAddress TableAt(const std::string& name) { return {ObjectKind::Table, "public", name, ""}; }
ObjectAddress EnumAt(const std::string& name) { return {ObjectKind::Enum, "public", name, ""}; }

// Asked for the first time when all is there, or before.
class MentioningTest : public ::testing::TestWithParam<int> {
 protected:
  static Catalog EmptyCatalog() {
    Catalog catalog = Catalog::Empty();
    for (int i = 0; i < GetParam(); ++i) EXPECT_THAT(catalog.Mentioning({"public", "e"}), IsEmpty());
    return catalog;
  }
};
INSTANTIATE_TEST_SUITE_P(QuestionsBefore, MentioningTest, ::testing::Values(0, 1));

TEST_P(MentioningTest, KeepsStepWithEachChange) {
  Catalog catalog = EmptyCatalog();
  catalog.Put(MakeEnum("e"));
  catalog.Put(MakeTable("t", "e"));
  EXPECT_THAT(catalog.Mentioning({"public", "e"}), ElementsAre(EnumAt("e"), TableAt("t")));

  catalog.Put(MakeTable("u", "e"));
  EXPECT_THAT(catalog.Mentioning({"public", "e"}), ElementsAre(EnumAt("e"), TableAt("t"), TableAt("u")));

  catalog.Put(MakeTable("t", ""));  // Replaced.
  EXPECT_THAT(catalog.Mentioning({"public", "e"}), ElementsAre(EnumAt("e"), TableAt("u")));

  catalog.GetMutable<Table>(TableAt("t"))->columns.front().type = {"public", "e", "", true};
  EXPECT_THAT(catalog.Mentioning({"public", "e"}), ElementsAre(EnumAt("e"), TableAt("t"), TableAt("u")));

  catalog.Remove(TableAt("u"));
  catalog.Remove(EnumAt("e"));
  EXPECT_THAT(catalog.Mentioning({"public", "e"}), ElementsAre(TableAt("t")));
  EXPECT_THAT(catalog.Mentioning({"public", "u"}), IsEmpty());
}

TEST_P(MentioningTest, ACopyAndItsOriginalKeepStepApart) {
  Catalog catalog = EmptyCatalog();
  catalog.Put(MakeEnum("e"));
  catalog.Put(MakeTable("t", "e"));
  EXPECT_EQ(catalog.Mentioning({"public", "e"}).size(), 2U);
  Catalog copy = catalog;
  copy.Remove(TableAt("t"));
  EXPECT_THAT(copy.Mentioning({"public", "e"}), ElementsAre(EnumAt("e")));
  EXPECT_EQ(catalog.Mentioning({"public", "e"}).size(), 2U);
  catalog = copy;
  EXPECT_THAT(catalog.Mentioning({"public", "e"}), ElementsAre(EnumAt("e")));
}

TEST(MentionsTest, ManyObjects) {
  constexpr int kTables = 2'000;
  Catalog catalog = Catalog::Empty();
  std::vector<ObjectAddress> expected{EnumAt("e")};
  catalog.Put(MakeEnum("e"));
  for (int i = 0; i < kTables; ++i) {
    const std::string name = "t" + std::to_string(kTables + i);
    catalog.Put(MakeTable(name, i % 7 == 0 ? "e" : ""));
    if (i % 7 == 0) expected.push_back(TableAt(name));
  }
  EXPECT_EQ(catalog.Mentioning({"public", "e"}), expected);
  EXPECT_THAT(catalog.Mentioning({"public", "t3999"}), ElementsAre(TableAt("t3999")));
}

// Both halves of a catalog's additions, objects and names, count.
TEST(CatalogTest, TakesManyAdditions) {
  constexpr int kTables = 1'500;
  Catalog base = Catalog::Empty();
  base.Put(MakeTable("t0", ""));
  Catalog one = base;
  Catalog other = base;
  Catalog both = base;
  for (int i = 0; i < kTables; ++i) {
    const Table table = MakeTable("u" + std::to_string(i), "");
    (i % 100 < 50 ? one : other).Put(table);
    both.Put(table);
  }
  Catalog second = other;
  Index index;
  index.table = {"public", "t0"};
  index.name = "u0";  // The name of a relation that `one` has.
  second.Put(index);
  Catalog first = one;
  EXPECT_FALSE(first.TakeAdditions(base, second));
  ASSERT_TRUE(one.TakeAdditions(base, other));
  EXPECT_EQ(one, both);
  EXPECT_EQ(one.FindRelation({"public", "u1499"}), TableAt("u1499"));
  EXPECT_EQ(one.FindType({"public", "u0"}), TableAt("u0"));
}

TEST(ChildrenOfTest, KnowsThoseThatInheritNow) {
  Catalog catalog = Catalog::Empty();
  catalog.Put(MakeTable("p", ""));
  Table child = MakeTable("c", "");
  child.inherits = {{"public", "p"}};
  catalog.Put(child);
  EXPECT_THAT(catalog.ChildrenOf({"public", "p"}), ElementsAre(QualifiedName{"public", "c"}));
  catalog.GetMutable<Table>(TableAt("c"))->inherits.clear();
  EXPECT_THAT(catalog.ChildrenOf({"public", "p"}), IsEmpty());
  catalog.Put(child);
  catalog.Remove(TableAt("c"));
  EXPECT_THAT(catalog.ChildrenOf({"public", "p"}), IsEmpty());
}

}  // namespace
}  // namespace schemac::schema
