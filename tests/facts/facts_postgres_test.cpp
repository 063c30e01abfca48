// Every entry of the table of facts against a server: the statement runs in one session, and another one
// looks at its locks. Files that change are rewrites, the counters of sequential scans tell what was read.
#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/facts/facts.h"
#include "compiler/support/check.h"
#include "tests/facts/connection.h"
#include "tests/facts/samples.h"
#include "tests/postgres/server.h"

namespace schemac::testing {
namespace {

using facts::LockMode;
using facts::OperationFacts;

const OperationFacts& FactsOf(const Sample& sample) {
  const auto all = facts::AllFacts();
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const OperationFacts& entry) { return entry.name == sample.operation; });
  Check(found != all.end());
  return *found;
}

// pg_locks: "ShareRowExclusiveLock".
LockMode ModeNamed(const std::string& name) {
  std::string words;
  for (const char letter : name.substr(0, name.size() - 4)) {
    if (letter >= 'A' && letter <= 'Z' && !words.empty()) words += ' ';
    words += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  for (int mode = 0; mode <= static_cast<int>(LockMode::AccessExclusive); ++mode) {
    if (facts::LockWords(static_cast<LockMode>(mode)) == words) return static_cast<LockMode>(mode);
  }
  Check(false);
  return LockMode::None;
}

using ByName = std::map<std::string, std::string>;

ByName Pairs(const std::vector<std::string>& rows) {
  ByName pairs;
  for (const std::string& row : rows) {
    const std::size_t blank = row.find(' ');
    pairs[row.substr(0, blank)] = row.substr(blank + 1);
  }
  return pairs;
}

// A copy of the database that prelude.sql makes.
class FactsTest : public ::testing::TestWithParam<Sample> {
 protected:
  void SetUp() override {
    Server* server = Server::Shared();
    if (server == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    Connection& admin = Admin(*server);
    name_ = fmt::format("facts{}", ++count_);
    ASSERT_EQ(admin.Run("CREATE DATABASE " + name_ + " TEMPLATE facts_prelude"), "");
    worker_ = std::make_unique<Connection>(server->socket(), name_);
    watcher_ = std::make_unique<Connection>(server->socket(), name_);
    ASSERT_EQ(worker_->Run(GetParam().preparation), "");
    names_ = Pairs(watcher_->Query(
        "SELECT c.oid, CASE nspname WHEN 'public' THEN '' ELSE nspname || '.' END || relname FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = relnamespace WHERE c.oid >= 16384 AND nspname <> 'pg_toast'"));
    for (const std::string& table : watcher_->Query(
             "SELECT CASE nspname WHEN 'public' THEN '' ELSE nspname || '.' END || relname FROM pg_class c "
             "JOIN pg_namespace n ON n.oid = relnamespace WHERE c.oid >= 16384 AND relkind IN ('r', 'p')"))
      tables_.insert(table);
    for (const std::string& relation :
         watcher_->Query("SELECT oid FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'm')"))
      stored_.insert(relation);
    empty_ = watcher_->Query("SELECT FROM t LIMIT 1").empty();
  }

  void TearDown() override {
    worker_.reset();
    watcher_.reset();
    if (name_.empty()) return;
    EXPECT_EQ(Admin(*Server::Shared()).Run("DROP DATABASE " + name_ + " WITH (FORCE)"), "");
  }

  static Connection& Admin(Server& server) {
    static std::unique_ptr<Connection> admin = [&] {
      auto made = std::make_unique<Connection>(server.socket(), "postgres");
      Check(made->Run("SET allow_in_place_tablespaces = on").empty());
      Check(made->Run("CREATE TABLESPACE elsewhere LOCATION ''").empty());
      Check(made->Run("CREATE DATABASE facts_prelude TEMPLATE template0").empty());
      Connection prelude(server.socket(), "facts_prelude");
      Check(prelude.Run(Prelude()).empty());
      return made;
    }();
    return *admin;
  }

  // The strongest mode that the worker holds, or waits for, on each relation that was there before.
  std::map<std::string, LockMode> Locks(bool granted) {
    std::map<std::string, LockMode> locks;
    for (const std::string& row : watcher_->Query(fmt::format(
             "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = {} AND granted = {}",
             worker_->pid(), granted))) {
      const std::size_t blank = row.find(' ');
      const auto name = names_.find(row.substr(0, blank));
      if (name == names_.end()) continue;
      LockMode& mode = locks[name->second];
      mode = std::max(mode, ModeNamed(row.substr(blank + 1)));
    }
    return locks;
  }

  ByName Files() {
    ByName files;
    for (const auto& [oid, name] : names_) {
      if (!stored_.contains(oid)) continue;
      const std::vector<std::string> file = worker_->Query("SELECT pg_relation_filenode(" + oid + ")");
      if (!file.empty()) files[name] = file.front();
    }
    return files;
  }

  // Of each table that is read by sequential scans: how often.
  ByName Scans(const std::string& view) {
    return Pairs(
        worker_->Query("SELECT CASE schemaname WHEN 'public' THEN '' ELSE schemaname || '.' END || relname, "
                       "seq_scan || '/' || seq_tup_read FROM " +
                       view + " WHERE seq_scan > 0"));
  }

  [[nodiscard]] bool IsNamed(const std::string& relation) const {
    const Sample& sample = GetParam();
    return relation == sample.relation ||
           std::find(sample.others.begin(), sample.others.end(), relation) != sample.others.end();
  }

  void CompareLocks(const std::map<std::string, LockMode>& locks) {
    const OperationFacts& facts = FactsOf(GetParam());
    const auto on = [&](const std::string& relation) {
      const auto found = locks.find(relation);
      return facts::LockWords(found == locks.end() ? LockMode::None : found->second);
    };
    if (!GetParam().relation.empty()) {
      EXPECT_EQ(on(GetParam().relation), facts::LockWords(facts.lock)) << "on " << GetParam().relation;
    }
    for (const std::string& other : GetParam().others)
      EXPECT_EQ(on(other), facts::LockWords(facts.others_lock)) << "on " << other;
    for (const auto& [relation, mode] : locks) {
      if (IsNamed(relation) || !tables_.contains(relation)) continue;
      EXPECT_LE(mode, LockMode::AccessShare) << "on " << relation << ", of which the table says nothing";
    }
  }

  void CompareFiles(const ByName& before, const ByName& after) {
    const OperationFacts& facts = FactsOf(GetParam());
    bool rewritten = false;
    for (const auto& [name, file] : after) {
      if (!IsNamed(name) || file.empty()) continue;
      rewritten = rewritten || file != before.at(name);
    }
    EXPECT_EQ(rewritten, facts.Has(facts::kRewrites));
  }

  // Reading a table without rows counts only if there were none before: an index on a new file is not one.
  void CompareScans(const ByName& before, const ByName& after) {
    const OperationFacts& facts = FactsOf(GetParam());
    bool scanned = false;
    for (const auto& [name, counters] : after) {
      const auto had = before.find(name);
      if (!IsNamed(name) || (had != before.end() && had->second == counters)) continue;
      scanned = scanned || empty_ || !counters.ends_with("/0");
    }
    EXPECT_EQ(scanned, facts.Has(facts::kScans));
  }

  void RunInside() {
    const ByName files = Files();
    ASSERT_EQ(worker_->Run("BEGIN"), "");
    const ByName scans = Scans("pg_stat_xact_user_tables");
    ASSERT_EQ(worker_->Run(GetParam().statement), "");
    CompareLocks(Locks(true));
    CompareScans(scans, Scans("pg_stat_xact_user_tables"));
    CompareFiles(files, Files());
    EXPECT_FALSE(FactsOf(GetParam()).Has(facts::kOutside));
    ASSERT_EQ(worker_->Run("ROLLBACK"), "");
  }

  // The statement's locks are gone when it has run: another session holds the weakest that such statements
  // wait for, so that it must ask.
  void RunOutside() {
    const OperationFacts& facts = FactsOf(GetParam());
    EXPECT_TRUE(facts.Has(facts::kOutside));
    ASSERT_EQ(worker_->Run("BEGIN"), "");
    EXPECT_EQ(worker_->Run(GetParam().statement).substr(0, 5), "25001");
    ASSERT_EQ(worker_->Run("ROLLBACK"), "");
    const ByName files = Files();
    // What the sessions have read so far counts before, not after.
    ASSERT_EQ(watcher_->Run("SELECT pg_stat_force_next_flush()"), "");
    ASSERT_EQ(worker_->Run("SELECT pg_stat_force_next_flush()"), "");
    const ByName scans = Scans("pg_stat_user_tables");
    Connection blocker(Server::Shared()->socket(), name_);
    if (facts.lock != LockMode::None) {
      ASSERT_EQ(blocker.Run("BEGIN; LOCK TABLE " + GetParam().relation + " IN SHARE UPDATE EXCLUSIVE MODE"),
                "");
    }
    worker_->Start(GetParam().statement);
    std::map<std::string, LockMode> awaited;
    while (awaited.empty() && worker_->IsBusy()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      awaited = Locks(false);
    }
    CompareLocks(awaited);
    ASSERT_EQ(blocker.Run("ROLLBACK"), "");
    ASSERT_EQ(worker_->Finish(), "");
    CompareFiles(files, Files());
    ASSERT_EQ(worker_->Run("SELECT pg_stat_force_next_flush()"), "");
    CompareScans(scans, Scans("pg_stat_user_tables"));
  }

 private:
  static inline int count_ = 0;
  std::string name_;
  std::unique_ptr<Connection> worker_;
  std::unique_ptr<Connection> watcher_;
  ByName names_;                  // By oid.
  std::set<std::string> tables_;  // Without views, indexes and sequences.
  std::set<std::string>
      stored_;          // By oid: what has rows in a file of its own. Those of indexes tell nothing.
  bool empty_ = false;  // Whether table t has no rows.
};

TEST_P(FactsTest, AreWhatAServerDoes) {
  if (GetParam().outside) {
    RunOutside();
  } else {
    RunInside();
  }
}

INSTANTIATE_TEST_SUITE_P(Facts, FactsTest, ::testing::ValuesIn(Samples()),
                         [](const ::testing::TestParamInfo<Sample>& param) { return param.param.operation; });

}  // namespace
}  // namespace schemac::testing
