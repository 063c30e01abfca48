// Runs every case of tests/golden (see the README there) through the program, compares the SQL to the byte,
// and runs it on PostgreSQL.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/postgres/process.h"
#include "tests/postgres/server.h"

namespace schemac::testing {
namespace {

namespace fs = std::filesystem;

bool update_expected = false;

const fs::path kCases = fs::path(SCHEMAC_SOURCE_DIR) / "tests" / "golden";

std::vector<std::string> CaseNames() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kCases)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Golden : public ::testing::TestWithParam<std::string> {
 protected:
  // The name of a case's model or DDL file, relative to its folder.
  static std::string SourceName(const std::string& stem) {
    return fs::exists(kCases / GetParam() / (stem + ".sql")) ? stem + ".sql" : stem + ".schema";
  }
  static std::string Expected(const std::string& name) {
    return ReadFile((kCases / GetParam() / name).string());
  }
  static bool HasExpected(const std::string& name) { return fs::exists(kCases / GetParam() / name); }

  // One revision: its flags, and what its scripts are called.
  struct Revision {
    std::string options;
    std::string up;
    std::string down;
  };
  // In the order in which they are applied.
  static std::vector<Revision> Revisions() {
    std::vector<Revision> revisions{{"options", "up.sql", "down.sql"}};
    if (HasExpected("second.options")) {
      revisions.push_back({"second.options", "second.up.sql", "second.down.sql"});
    }
    return revisions;
  }

  [[nodiscard]] ProcessResult Diff(const Revision& revision) const {
    return Diff(SourceName("from"), SourceName("to"), Words(revision.options), revision.up, revision.down);
  }

  ProcessResult Diff(const std::string& from, const std::string& to, std::vector<std::string> flags,
                     const std::string& up = "up.sql", const std::string& down = "down.sql") const {
    std::vector<std::string> command{SCHEMAC_PROGRAM, "diff",   "--from", from,      "--to", to,
                                     "--up",          Path(up), "--down", Path(down)};
    command.insert(command.end(), flags.begin(), flags.end());
    return RunProcess(
        command,
        {.directory = (kCases / GetParam()).string(), .input = "", .environment = {}, .as_postgres = false});
  }

  static std::vector<std::string> Words(const std::string& name) {
    std::vector<std::string> words;
    std::istringstream lines(Expected(name));
    for (std::string word; lines >> std::quoted(word);) words.push_back(word);
    return words;
  }

  [[nodiscard]] std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }

  static void Compare(const std::string& name, const std::string& got) {
    if (update_expected && got != Expected(name))
      std::ofstream(kCases / GetParam() / name, std::ios::binary) << got;
    EXPECT_EQ(got, Expected(name)) << "in " << GetParam() << "/" << name;
  }

  // A database that holds what the source says.
  std::unique_ptr<Database> Make(const std::string& source) {
    std::unique_ptr<Database> database = Server::Shared()->CreateDatabase();
    if (source.ends_with(".sql")) {
      EXPECT_EQ(database->Run(Expected(source)), "");
      return database;
    }
    const ProcessResult made = Diff("empty", source, {});
    EXPECT_EQ(made.exit_code, 0) << made.err;
    EXPECT_EQ(database->Run(ReadFile(Path("up.sql"))), "") << ReadFile(Path("up.sql"));
    return database;
  }

  static void LookAtRows(Database& database, const std::string& answer) {
    if (HasExpected("query.sql")) Compare(answer, database.Query(Expected("query.sql")));
  }

  TemporaryFolder folder_;
};

TEST_P(Golden, WritesTheExpectedSql) {
  for (const Revision& revision : Revisions()) {
    const ProcessResult done = Diff(revision);
    if (HasExpected("error.txt")) {
      EXPECT_EQ(done.exit_code, 1);
      EXPECT_FALSE(fs::exists(Path("up.sql")));
      Compare("error.txt", done.err);
      return;
    }
    ASSERT_EQ(done.exit_code, 0) << done.err;
    Compare(revision.up, ReadFile(Path(revision.up)));
    Compare(revision.down, ReadFile(Path(revision.down)));
  }
}

TEST_P(Golden, RunsBothWaysOnPostgres) {
  if (HasExpected("error.txt")) return;  // Nothing to run.
  if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  const Snapshot from = Make(SourceName("from"))->TakeSnapshot();
  const Snapshot to = Make(SourceName("to"))->TakeSnapshot();
  const std::unique_ptr<Database> database = Make(SourceName("from"));
  if (HasExpected("rows.sql")) {
    ASSERT_EQ(database->Run(Expected("rows.sql")), "");
  }

  std::vector<Revision> revisions = Revisions();
  for (const Revision& revision : revisions) {
    const ProcessResult done = Diff(revision);
    ASSERT_EQ(done.exit_code, 0) << done.err;
    ASSERT_EQ(database->Run(ReadFile(Path(revision.up))), "") << ReadFile(Path(revision.up));
  }
  EXPECT_EQ(Difference(to, database->TakeSnapshot()), "") << ReadFile(Path(revisions.back().up));
  LookAtRows(*database, "query.up.txt");
  std::reverse(revisions.begin(), revisions.end());
  for (const Revision& revision : revisions) {
    ASSERT_EQ(database->Run(ReadFile(Path(revision.down))), "") << ReadFile(Path(revision.down));
  }
  EXPECT_EQ(Difference(from, database->TakeSnapshot()), "") << ReadFile(Path(revisions.back().down));
  LookAtRows(*database, "query.down.txt");
}

// What pg_dump prints of a database is the schema that made it: another spelling, and no difference.
TEST_P(Golden, ADumpEqualsItsSource) {
  if (HasExpected("error.txt")) return;  // May not compile at all.
  // Rows are no schema; a hand-written block has a name of its own; the server spells out a rule's columns; a
  // dump tells no version of an extension.
  for (const char* without : {"seeds", "raw_objects", "rules_and_policies_in_rings",
                              "extension_older_version", "extension_version_told"}) {
    if (GetParam() == without) return;
  }
  if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  for (const std::string stem : {"from", "to"}) {
    const std::string dump = Path(stem + "_dump.sql");
    std::ofstream(dump, std::ios::binary) << Make(SourceName(stem))->Dump();
    for (const auto& [left, right] : {std::pair(dump, SourceName(stem)), std::pair(SourceName(stem), dump)}) {
      // Given as `--to`, a dump is a script like any other (schema/stored_form.h).
      if (right == dump && GetParam() == "stored_casts_told_apart") continue;
      const ProcessResult done = Diff(left, right, {"--allow", "all", "--no-rename", "--exit-code"});
      EXPECT_EQ(done.exit_code, 0) << left << " and " << right << ": " << done.err << done.out;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, ::testing::ValuesIn(CaseNames()),
                         [](const ::testing::TestParamInfo<std::string>& test_case) {
                           return test_case.param;
                         });

}  // namespace
}  // namespace schemac::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) schemac::testing::update_expected |= std::strcmp(argv[i], "--update") == 0;
  return RUN_ALL_TESTS();
}
