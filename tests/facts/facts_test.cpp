#include "compiler/facts/facts.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/sql/deeds.h"
#include "tests/facts/samples.h"

namespace schemac::facts {
namespace {

using enum LockMode;

// The manual's table 13.2, row by row: which of the eight modes each of them conflicts with.
TEST(Facts, LocksConflictAsTheManualSays) {
  const std::vector<std::pair<LockMode, std::string>> rows = {
      {AccessShare, ".......X"},  {RowShare, "......XX"},
      {RowExclusive, "....XXXX"}, {ShareUpdateExclusive, "...XXXXX"},
      {Share, "..XX.XXX"},        {ShareRowExclusive, "..XXXXXX"},
      {Exclusive, ".XXXXXXX"},    {AccessExclusive, "XXXXXXXX"},
  };
  for (const auto& [mode, row] : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto other = static_cast<LockMode>(i + 1);
      EXPECT_EQ(Conflict(mode, other), row[i] == 'X') << LockWords(mode) << " and " << LockWords(other);
    }
    EXPECT_FALSE(Conflict(mode, None));
  }
}

TEST(Facts, EachEntryHasASampleAndASource) {
  std::set<std::string> sampled;
  for (const testing::Sample& sample : testing::Samples()) {
    EXPECT_TRUE(sampled.insert(sample.operation).second) << sample.operation << " stands twice";
  }
  for (const OperationFacts& entry : AllFacts()) {
    EXPECT_TRUE(sampled.erase(std::string(entry.name)) == 1) << entry.name;
    EXPECT_FALSE(entry.source.empty()) << entry.name;
  }
  EXPECT_THAT(sampled, ::testing::IsEmpty());
}

// What only a catalog tells apart from the text: the entry that the text alone gives.
std::string WithoutCatalog(const std::string& operation) {
  if (operation == "ChangeTypeInPlace") return "ChangeTypeRewriting";
  if (operation == "SetNotNullProven") return "SetNotNull";
  if (operation == "AddPrimaryKeyNullable") return "AddPrimaryKey";
  if (operation == "ValidateForeignKey") return "ValidateCheck";
  if (operation == "DropForeignKey") return "DropConstraint";
  if (operation == "DropTableReferencing") return "DropTable";
  if (operation == "AddColumnConstrainedDomain") return "AddColumn";
  return operation;
}

TEST(Facts, StatementsAreReadAsTheirEntries) {
  for (const testing::Sample& sample : testing::Samples()) {
    const std::vector<sql::StatementDeeds> statements = sql::ReadDeeds(sample.statement);
    ASSERT_EQ(statements.size(), 1U) << sample.operation;
    ASSERT_FALSE(statements[0].error) << sample.operation << ": " << statements[0].error->message;
    ASSERT_FALSE(statements[0].deeds.empty()) << sample.operation;
    const sql::Deed& deed = statements[0].deeds[0];
    EXPECT_EQ(FactsOf(deed.operation).name, WithoutCatalog(sample.operation)) << sample.statement;
  }
}

}  // namespace
}  // namespace schemac::facts
