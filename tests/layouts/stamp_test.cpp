// `stamp --sql --layout` and `upgrade --sql --layout`: what they write into the tables of other tools is what
// these tools, or the scripts of a project that keeps their books, would have written.
#include <map>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/layouts/layout_project.h"

namespace schemac::testing {
namespace {

using ::testing::HasSubstr;

// The rows without their times.
const std::map<std::string, std::string>& BooksQueries() {
  static const std::map<std::string, std::string> queries = {
      {"alembic", "SELECT version_num FROM alembic_version"},
      {"dbmate", "SELECT version FROM schema_migrations ORDER BY version"},
      {"flyway",
       "SELECT installed_rank, version, description, type, script, checksum, success FROM "
       "flyway_schema_history ORDER BY installed_rank"},
      {"golang-migrate", "SELECT version, dirty FROM schema_migrations"},
      {"goose", "SELECT id, version_id, is_applied FROM goose_db_version ORDER BY id"},
      {"rails", "SELECT version FROM schema_migrations ORDER BY version"},
      {"supabase", "SELECT version, name FROM supabase_migrations.schema_migrations ORDER BY version"},
  };
  return queries;
}

class StampTest : public LayoutProject, public ::testing::WithParamInterface<std::string> {
 protected:
  std::string Books(Database& database) { return database.Query(BooksQueries().at(GetParam())); }
  [[nodiscard]] std::string Stamp(const std::string& range) const {
    return Schemac({"stamp", range, "--sql", "--layout", GetParam()}).out;
  }
  // What a database has that was upgraded so far by scripts that keep the books.
  std::string BookedAt(const std::string& range) {
    const std::unique_ptr<Database> other = Server::Shared()->CreateDatabase();
    EXPECT_EQ(other->Run(Schemac({"upgrade", range, "--sql", "--layout", GetParam()}).out), "");
    return Books(*other);
  }
};

TEST_P(StampTest, WritesTheRowsOfTheTool) {
  MakeProject("");
  const std::string head = BookedAt("head");
  const std::string second = BookedAt("+2");
  EXPECT_NE(head, second);
  ASSERT_EQ(database_->Run(Schemac({"upgrade", "--sql"}).out), "");
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(database_->Run(Stamp("head")), "");
    EXPECT_EQ(Books(*database_), head);
  }
  ASSERT_EQ(database_->Run(Stamp("0002")), "");
  EXPECT_EQ(Books(*database_), second);
  EXPECT_EQ(database_->Query("SELECT max(revision) FROM schemac_revision"), "0002_second_it_s_so_x\n");
  ASSERT_EQ(database_->Run(Stamp("base")), "");
  EXPECT_EQ(Books(*database_), GetParam() == "goose" ? "1|0|t\n" : "");
}

TEST_P(StampTest, LeavesOrRefusesWhatItDoesNotKnow) {
  MakeProject("");
  ASSERT_EQ(database_->Run(Stamp("head")), "");
  const std::string& layout = GetParam();
  const std::string head = Books(*database_);
  if (layout == "alembic") {
    ASSERT_EQ(database_->Run("UPDATE alembic_version SET version_num = 'abcdef'"), "");
    EXPECT_THAT(database_->Run(Stamp("0002")), HasSubstr("does not know: abcdef"));
    EXPECT_EQ(Books(*database_), "abcdef\n");
  } else if (layout == "golang-migrate") {
    ASSERT_EQ(database_->Run("UPDATE schema_migrations SET version = 7"), "");
    EXPECT_THAT(database_->Run(Stamp("0002")), HasSubstr("does not know: 7"));
    // What failed half-way is over, as `migrate force` has it.
    ASSERT_EQ(database_->Run("UPDATE schema_migrations SET version = 300, dirty = true"), "");
    ASSERT_EQ(database_->Run(Stamp("head")), "");
    EXPECT_EQ(Books(*database_), "300|f\n");
  } else if (layout == "goose") {
    ASSERT_EQ(database_->Run("INSERT INTO goose_db_version (version_id, is_applied) VALUES (7, true)"), "");
    ASSERT_EQ(database_->Run(Stamp("base")), "");
    EXPECT_THAT(Books(*database_), HasSubstr("|7|t\n"));
  } else if (layout != "flyway") {
    const std::string table =
        layout == "supabase" ? "supabase_migrations.schema_migrations" : "schema_migrations";
    ASSERT_EQ(database_->Run("INSERT INTO " + table + " (version) VALUES ('7')"), "");
    ASSERT_EQ(database_->Run(Stamp("base")), "");
    EXPECT_THAT(Books(*database_), HasSubstr("7"));
  } else {
    ASSERT_EQ(database_->Run("UPDATE flyway_schema_history SET success = false WHERE version = '0001'"), "");
    ASSERT_EQ(database_->Run(Stamp("head")), "");
    EXPECT_EQ(database_->Query("SELECT count(*) FROM flyway_schema_history WHERE NOT success"), "0\n");
  }
}

// A range marks what lies in it; a table that knows only how far a database is has no place for that.
TEST_P(StampTest, TakesARangeWhereTheToolCan) {
  MakeProject("");
  const ProcessResult range = Schemac({"stamp", "0001:0002", "--sql", "--layout", GetParam()});
  if (GetParam() == "alembic" || GetParam() == "golang-migrate") {
    EXPECT_EQ(range.exit_code, 1);
    EXPECT_EQ(range.out, "");
    EXPECT_THAT(range.err, HasSubstr("says how far a database is"));
    return;
  }
  ASSERT_EQ(database_->Run(Stamp("0001")), "");
  ASSERT_EQ(database_->Run(range.out), "");
  EXPECT_EQ(Books(*database_), BookedAt("+2"));
}

TEST_P(StampTest, TheWayBackAndThePartsKeepTheBooksToo) {
  MakeProject("");
  ASSERT_EQ(database_->Run(Schemac({"upgrade", "+2", "--sql", "--idempotent"}).out), "");
  ASSERT_EQ(database_->Run(Stamp("0002")), "");
  const std::string second = Books(*database_);
  ASSERT_EQ(
      database_->Run(Schemac({"upgrade", "0002:head", "--sql", "--idempotent", "--layout", GetParam()}).out),
      "");
  EXPECT_EQ(Books(*database_), BookedAt("head"));
  ASSERT_EQ(database_->Run(Schemac({"downgrade", "-1", "--sql", "--layout", GetParam()}).out), "");
  EXPECT_EQ(Books(*database_), second);
}

TEST_P(StampTest, RefusesAScriptThatWasEdited) {
  MakeProject("");
  const std::string name = "migrations/0001_first.up.sql";
  Put(name, "-- Reviewed by two of us.\n" + ReadFile(Path(name)));
  const ProcessResult plain = Schemac({"upgrade", "--sql"});
  EXPECT_THAT(plain.out, HasSubstr("Reviewed by two of us."));
  const ProcessResult booked = Schemac({"upgrade", "--sql", "--layout", GetParam()});
  EXPECT_EQ(booked.out, "");
  EXPECT_THAT(booked.err, HasSubstr("the script of 0001_first was edited"));
}

INSTANTIATE_TEST_SUITE_P(Tools, StampTest,
                         ::testing::Values("alembic", "dbmate", "flyway", "golang-migrate", "goose", "rails",
                                           "supabase"),
                         TestNameOf);

}  // namespace
}  // namespace schemac::testing
