// Every project under examples/, on PostgreSQL: each revision up and down against the catalog of its model,
// with rows in the tables that must survive, and the whole history as one script. Rows stand in
// tests/examples/PROJECT/REVISION.sql and are loaded once that revision is applied.
#include <algorithm>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "tests/postgres/process.h"
#include "tests/postgres/server.h"

namespace schemac::testing {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = SCHEMAC_SOURCE_DIR;

std::vector<std::string> Projects() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kRoot / "examples")) {
    if (fs::exists(entry.path() / "schemac.toml")) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Example : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  }

  static ProcessResult Schemac(std::vector<std::string> words) {
    words.insert(words.begin(), {SCHEMAC_PROGRAM, "-C", (kRoot / "examples" / GetParam()).string()});
    return RunProcess(words);
  }

  // Revision ids, oldest first: the order of the history, told by the program.
  static std::vector<std::string> Revisions() {
    const ProcessResult script = Schemac({"upgrade", "base:head", "--sql"});
    EXPECT_EQ(script.exit_code, 0) << script.err;
    std::map<std::size_t, std::string> by_place;
    for (const auto& entry : fs::directory_iterator(kRoot / "examples" / GetParam() / "migrations")) {
      const std::string name = entry.path().filename().string();
      if (!name.ends_with(".mdiff")) continue;
      const std::string id = name.substr(0, name.size() - 6);
      const std::size_t place = script.out.find("'" + id + "', '");  // The ledger's row.
      EXPECT_NE(place, std::string::npos) << id << " is not in the history's script";
      by_place[place] = id;
    }
    std::vector<std::string> ids;
    for (const auto& [place, id] : by_place) ids.push_back(id);
    return ids;
  }

  static std::string Script(const std::string& revision, const std::string& direction) {
    return ReadFile(
        (kRoot / "examples" / GetParam() / "migrations" / (revision + "." + direction + ".sql")).string());
  }

  // The catalog of a database that is made in one go from the model at the revision.
  static Snapshot CatalogAt(const std::string& revision) {
    const TemporaryFolder folder;
    const std::string up = folder.path() + "/up.sql";
    const ProcessResult done =
        Schemac({"diff", "--from", "empty", "--to", revision, "--up", up, "--allow", "all"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    const std::unique_ptr<Database> database = Server::Shared()->CreateDatabase();
    EXPECT_EQ(database->Run(ReadFile(up)), "") << ReadFile(up);
    return database->TakeSnapshot();
  }

  static void LoadRows(Database& database, const std::string& revision) {
    const std::string rows =
        ReadFile((kRoot / "tests" / "examples" / GetParam() / (revision + ".sql")).string());
    if (!rows.empty()) {
      ASSERT_EQ(database.Run(rows), "");
    }
  }

  // Rows of each table, without the ledger.
  static std::map<std::string, std::string> CountRows(Database& database) {
    const std::string counts = database.Query(
        "SELECT format('%I.%I', table_schema, table_name) || '=' || (xpath('/row/n/text()', "
        "query_to_xml(format('select count(*) as n from %I.%I', table_schema, table_name), false, true, "
        "'')))[1]::text "
        "FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') "
        "AND table_type = 'BASE TABLE' AND table_name <> 'schemac_revision'");
    std::map<std::string, std::string> rows;
    std::size_t at = 0;
    while (at < counts.size()) {
      const std::size_t end = counts.find('\n', at);
      const std::string line = counts.substr(at, end - at);
      rows[line.substr(0, line.find('='))] = line.substr(line.find('=') + 1);
      at = end + 1;
    }
    return rows;
  }

  // No table that stands on both sides has fewer rows afterwards.
  static void ExpectRowsSurvive(const std::map<std::string, std::string>& before, Database& database,
                                const std::string& what) {
    const std::map<std::string, std::string> after = CountRows(database);
    for (const auto& [table, rows] : before) {
      const auto found = after.find(table);
      if (found == after.end()) continue;
      EXPECT_GE(std::stoll(found->second), std::stoll(rows)) << table << " lost rows in " << what;
    }
  }
};

TEST_P(Example, EveryRevisionGoesUpAndDownWithRowsInTheTables) {
  const std::unique_ptr<Database> database = Server::Shared()->CreateDatabase();
  Snapshot before = database->TakeSnapshot();
  for (const std::string& revision : Revisions()) {
    SCOPED_TRACE(revision);
    const std::map<std::string, std::string> rows = CountRows(*database);
    const Snapshot wanted = CatalogAt(revision);
    ASSERT_EQ(database->Run(Script(revision, "up")), "");
    EXPECT_EQ(Difference(wanted, database->TakeSnapshot()), "");
    ExpectRowsSurvive(rows, *database, "the upgrade");
    ASSERT_EQ(database->Run(Script(revision, "down")), "");
    EXPECT_EQ(Difference(before, database->TakeSnapshot()), "");
    ExpectRowsSurvive(rows, *database, "the downgrade");
    ASSERT_EQ(database->Run(Script(revision, "up")), "");
    LoadRows(*database, revision);
    before = wanted;
  }
}

TEST_P(Example, TheWholeHistoryRunsAsOneScriptUpAndDown) {
  const std::unique_ptr<Database> database = Server::Shared()->CreateDatabase();
  const Snapshot empty = database->TakeSnapshot();
  const ProcessResult up = Schemac({"upgrade", "base:head", "--sql"});
  ASSERT_EQ(up.exit_code, 0) << up.err;
  const ProcessResult down = Schemac({"downgrade", "head:base", "--sql"});
  ASSERT_EQ(down.exit_code, 0) << down.err;
  ASSERT_EQ(database->Run(up.out), "");
  EXPECT_EQ(Difference(CatalogAt("head"), database->TakeSnapshot()), "");
  ASSERT_EQ(database->Run(down.out), "");
  EXPECT_EQ(Difference(empty, database->TakeSnapshot()), "");
}

TEST_P(Example, ARevisionStopsBeforeItChangesAnythingWhenItsTurnHasNotCome) {
  const std::vector<std::string> revisions = Revisions();
  const std::unique_ptr<Database> database = Server::Shared()->CreateDatabase();
  const Snapshot empty = database->TakeSnapshot();
  if (revisions.size() > 1) {
    EXPECT_NE(database->Run(Script(revisions.back(), "up")), "");
    EXPECT_EQ(Difference(empty, database->TakeSnapshot()), "");
  }
  ASSERT_EQ(database->Run(Script(revisions.front(), "up")), "");
  const Snapshot once = database->TakeSnapshot();
  const std::string refusal = database->Run(Script(revisions.front(), "up"));
  EXPECT_NE(refusal.find(revisions.front()), std::string::npos) << refusal;
  EXPECT_EQ(Difference(once, database->TakeSnapshot()), "");
}

TEST_P(Example, PassesItsOwnCheck) {
  const ProcessResult check = Schemac({"check"});
  EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
}

INSTANTIATE_TEST_SUITE_P(Projects, Example, ::testing::ValuesIn(Projects()),
                         [](const ::testing::TestParamInfo<std::string>& project) { return project.param; });

// A project that took over Flyway's migrations: its first revision makes what they made, in Flyway's order.
TEST(AdoptedPast, IsWhatTheBaselineMakes) {
  if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  const fs::path project = kRoot / "examples" / "library";
  const std::unique_ptr<Database> past = Server::Shared()->CreateDatabase();
  for (const char* name : {"V1__books", "V2__loans", "V3__loan_keys", "V10__longer_addresses", "R__overdue"})
    ASSERT_EQ(past->Run(ReadFile((project / "past" / (std::string(name) + ".sql")).string())), "") << name;
  const std::unique_ptr<Database> baseline = Server::Shared()->CreateDatabase();
  ASSERT_EQ(baseline->Run(ReadFile((project / "migrations" / "0001_baseline.up.sql").string())), "");
  EXPECT_EQ(Difference(past->TakeSnapshot(), baseline->TakeSnapshot()), "");
}

}  // namespace
}  // namespace schemac::testing
