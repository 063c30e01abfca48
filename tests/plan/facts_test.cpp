// What hand-written SQL costs: `sql` blocks of revisions.
#include "compiler/plan/facts.h"

#include <gtest/gtest.h>

namespace schemac::plan {
namespace {

TEST(HandWrittenSql, EachStatementHasItsFacts) {
  const std::vector<Facts> facts = FactsOfStatements(
      "LOCK TABLE app.t IN SHARE MODE;\n"
      "DO $$ BEGIN IF true THEN CREATE INDEX i ON u (a); END IF; END $$;\n"
      "DELETE FROM v WHERE a = 1;\n"
      "DROP SCHEMA gone;\n"
      "SELECT setval('s', 1);\n");
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0].locks.front().relation, (schema::QualifiedName{"app", "t"}));
  EXPECT_EQ(facts[0].locks.front().mode, LockMode::Share);
  EXPECT_EQ(facts[1].locks.front().relation, (schema::QualifiedName{"public", "u"}));
  EXPECT_TRUE(facts[1].builds_index);
  EXPECT_TRUE(facts[2].updates_rows);
  EXPECT_TRUE(facts[2].loses_data);
}

TEST(HandWrittenSql, AStepOfItHasThemTogether) {
  const Facts facts = FactsOf(RunSql{"by hand", "UPDATE t SET a = 1; LOCK TABLE t; UPDATE u SET a = 1;"});
  ASSERT_EQ(facts.locks.size(), 2U);
  EXPECT_EQ(facts.locks[0].mode, LockMode::AccessExclusive);
  EXPECT_EQ(facts.locks[1].mode, LockMode::RowExclusive);
  EXPECT_TRUE(facts.updates_rows);
  EXPECT_FALSE(facts.loses_data);
}

TEST(HandWrittenSql, RawObjectsHaveThoseOfTheirStatements) {
  schema::Raw raw;
  raw.name = "searched";
  raw.create.text = "CREATE INDEX i ON t USING gin (a); CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);";
  raw.drop.text = "DROP TEXT SEARCH CONFIGURATION c; ALTER TABLE t DROP COLUMN a;";
  const Facts made = FactsOf(CreateObject{raw, false, false, {}});
  ASSERT_EQ(made.locks.size(), 1U);
  EXPECT_EQ(made.locks.front().relation, (schema::QualifiedName{"public", "t"}));
  EXPECT_EQ(made.locks.front().mode, LockMode::Share);
  EXPECT_TRUE(made.builds_index);
  const Facts gone = FactsOf(DropObject{raw, false});
  ASSERT_EQ(gone.locks.size(), 1U);
  EXPECT_EQ(gone.locks.front().mode, LockMode::AccessExclusive);
}

}  // namespace
}  // namespace schemac::plan
