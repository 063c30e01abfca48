#include "emitters/layouts/script_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/plan/facts.h"
#include "emitters/postgres/postgres_emitter.h"
#include "harness.h"

namespace schemac::emitters::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

plan::Step Step(plan::Action action, plan::Facts facts = {}, std::string reason = "") {
  return {std::move(action),
          std::move(facts),
          std::move(reason),
          {schema::ObjectKind::Table, "public", "tenants", ""}};
}

schema::Expression Text(std::string text) { return {text, text, {}}; }

plan::AlterTable Alter(plan::TableAction action) {
  return {{"public", "tenants"}, schema::ObjectKind::Table, false, {std::move(action)}};
}

schema::Column Column(std::string name, std::string type) {
  schema::Column column;
  column.name = std::move(name);
  column.type = {"", std::move(type), "", false};
  return column;
}

plan::Facts Exclusive() {
  plan::Facts facts;
  facts.locks = {{{"public", "tenants"}, plan::LockMode::AccessExclusive}};
  return facts;
}

schema::Index Index(std::string name) {
  schema::Index index;
  index.table = {"public", "tenants"};
  index.name = std::move(name);
  index.elements.resize(1);
  index.elements[0].column = "status";
  return index;
}

ScriptOptions Upgrade() {
  return {"0002_more: More", "undone by 0002_more.down.sql",
          LedgerEntry{"0002_more", {"0001_first"}, "00ff", false}, "schemac_revision", "5s"};
}

std::string Write(const plan::Plan& plan, const ScriptOptions& options) {
  return WriteScript(EmitPostgres(plan), plan, options);
}

TEST(ScriptFile, TellsLocksAndDataAndFoldsActionsOfOneTable) {
  plan::Plan plan;
  plan.batches.push_back({true,
                          {Step(Alter(plan::AddColumn{Column("a", "text")}), Exclusive()),
                           Step(Alter(plan::AddColumn{Column("b", "integer")}), Exclusive()),
                           Step(plan::UpdateRows{{"public", "tenants"}, "a", Text("'x'"), true}),
                           Step(Alter(plan::SetNotNull{"a"}), Exclusive(), "every row has a value now")}});
  EXPECT_EQ(Write(plan, {"t", "", std::nullopt, "", "5s"}),
            "-- t\n"
            "-- for PostgreSQL 14 or later\n"
            "-- locks:  tenants ACCESS EXCLUSIVE, brief\n"
            "-- data:   updates rows of tenants; loses none\n"
            "\n"
            "BEGIN;\n"
            "SET LOCAL lock_timeout = '5s';\n"
            "\n"
            "ALTER TABLE tenants\n"
            "    ADD COLUMN a text,\n"
            "    ADD COLUMN b integer;\n"
            "UPDATE tenants SET a = 'x' WHERE a IS NULL;\n"
            "\n"
            "-- every row has a value now\n"
            "ALTER TABLE tenants ALTER COLUMN a SET NOT NULL;\n"
            "COMMIT;\n");
}

TEST(ScriptFile, ActionsDoNotJoinWhenPostgresWouldReorderThem) {
  plan::Plan plan;
  plan.batches.push_back({true,
                          {Step(Alter(plan::SetDefault{"a", Text("1")})),
                           Step(Alter(plan::SetColumnType{"b", {"", "text", "", false}, {}, {}})),
                           Step(Alter(plan::DropDefault{"a"}))}});
  const Script script = EmitPostgres(plan);
  ASSERT_EQ(script[0].statements.size(), 2U);
  EXPECT_EQ(script[0].statements[0].sql,
            "ALTER TABLE tenants\n    ALTER COLUMN a SET DEFAULT 1,\n    ALTER COLUMN b TYPE text");
  EXPECT_EQ(script[0].statements[1].sql, "ALTER TABLE tenants ALTER COLUMN a DROP DEFAULT");
}

TEST(ScriptFile, LossIsSaidTwice) {
  plan::Facts facts = Exclusive();
  facts.loses_data = true;
  plan::Plan plan;
  plan.batches.push_back({true, {Step(Alter(plan::DropColumn{Column("phone", "text")}), facts)}});
  const std::string script = Write(plan, {"t", "", std::nullopt, "", ""});
  EXPECT_THAT(script, HasSubstr("-- data:   LOSES column"));
  EXPECT_THAT(script, HasSubstr("-- loses data: column"));
  EXPECT_THAT(script, HasSubstr("-- was: phone text\n"));
  EXPECT_THAT(script, Not(HasSubstr("lock_timeout")));
}

TEST(ScriptFile, GuardsNameBothRevisions) {
  plan::Plan plan;
  plan.batches.push_back({true, {Step(Alter(plan::SetNotNull{"a"}))}});
  const std::string up = Write(plan, Upgrade());
  EXPECT_THAT(up, HasSubstr("0002_more is already applied (it builds on 0001_first)"));
  EXPECT_THAT(up, HasSubstr("0002_more builds on 0001_first, which is not applied"));
  EXPECT_THAT(
      up, HasSubstr(
              "INSERT INTO schemac_revision (revision, checksum) VALUES ('0002_more', '00ff');\nCOMMIT;\n"));
  EXPECT_THAT(up, Not(HasSubstr("CREATE TABLE")));
  ScriptOptions down = Upgrade();
  down.ledger->downgrade = true;
  EXPECT_THAT(Write(plan, down),
              HasSubstr("DELETE FROM schemac_revision WHERE revision = '0002_more';\nCOMMIT;\n"));
  ScriptOptions first = Upgrade();
  first.ledger->revises.clear();
  EXPECT_THAT(Write(plan, first), HasSubstr("CREATE TABLE IF NOT EXISTS schemac_revision"));
}

TEST(ScriptFile, AnEmptyPlanIsStillAScript) {
  const std::string bare = Write({}, {"0003_nothing", "", std::nullopt, "", "5s"});
  EXPECT_EQ(bare, "-- 0003_nothing\n-- for PostgreSQL 14 or later\n-- nothing changes in the database\n");
  EXPECT_THAT(Write({}, Upgrade()), HasSubstr("INSERT INTO schemac_revision"));
}

TEST(ScriptFile, PartsOutsideTransactionsCanBeRunAgain) {
  plan::Plan plan;
  plan.batches.push_back({true, {Step(plan::AddEnumLabel{{"public", "e"}, "x", "", "a"})}});
  plan.batches.push_back({true, {Step(Alter(plan::SetNotNull{"a"}))}});
  plan.batches.push_back({false, {Step(plan::CreateObject{schema::Object(Index("i")), false, true, {}})}});
  const std::string script = Write(plan, Upgrade());
  EXPECT_THAT(script, HasSubstr("ADD VALUE IF NOT EXISTS 'x' AFTER 'a'"));
  EXPECT_THAT(script, HasSubstr("DROP INDEX CONCURRENTLY IF EXISTS i;\nCREATE INDEX CONCURRENTLY IF NOT "
                                "EXISTS i ON tenants (status);"));
  // Only the second part needs a mark, and the closing transaction takes it away.
  EXPECT_THAT(script, HasSubstr("VALUES ('0002_more (part 2 of 3)', 'unfinished')"));
  EXPECT_THAT(script, Not(HasSubstr("VALUES ('0002_more (part 1 of 3)'")));
  EXPECT_THAT(script,
              HasSubstr("DELETE FROM schemac_revision WHERE revision IN ('0002_more (part 2 of 3)')"));
  EXPECT_THAT(script, HasSubstr("to_regclass('i') AND indisvalid"));
}

TEST(ScriptFile, CommentsCannotEndEarly) {
  plan::Plan plan;
  plan.batches.push_back(
      {true, {Step(Alter(plan::SetNotNull{"a"}), {}, "one\r\nDROP TABLE tenants;\rSELECT 1")}});
  const std::string script = Write(plan, {"title\nDROP TABLE t;", "", std::nullopt, "", "5s"});
  EXPECT_THAT(script, HasSubstr("-- title DROP TABLE t;\n"));
  EXPECT_THAT(script, HasSubstr("-- DROP TABLE tenants;\n-- SELECT 1\n"));
}

// What somebody wrote is read as what the planner emits is.
TEST(ScriptFile, TheHeaderTellsOfHandWrittenSql) {
  plan::Plan plan;
  plan::RunSql run{"tidy", "LOCK TABLE u; DO $$ BEGIN CREATE INDEX t_a ON app.t (a); END $$; DELETE FROM v;"};
  plan::Step step{run, plan::FactsOf(run), "", {}};
  // A table that the plan makes is nobody's to wait for.
  std::erase_if(step.facts.locks, [](const plan::Lock& lock) { return lock.relation.name == "u"; });
  plan.batches.push_back({true, {step}});
  const std::string script = Write(plan, {});
  EXPECT_THAT(script, HasSubstr("-- locks:  app.t SHARE while an index is built\n"));
  EXPECT_THAT(script, HasSubstr("-- data:   runs: tidy; DELETES rows of v\n"));
}

TEST(ScriptFile, HostileRevisionNamesStayStrings) {
  ScriptOptions options = Upgrade();
  options.ledger->revision = "it's $$ \\ 100%";
  plan::Plan plan;
  plan.batches.push_back({true, {Step(Alter(plan::SetNotNull{"a"}))}});
  RunSql(
      "CREATE TABLE tenants (a int); CREATE TABLE schemac_revision (revision text PRIMARY KEY, checksum text "
      "NOT NULL);" +
      Write(plan, options));
}

}  // namespace
}  // namespace schemac::emitters::testing
