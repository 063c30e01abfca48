// A database made from A and upgraded is one made from B, and downgraded again one made from A.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/postgres/server.h"
#include "tests/property/found_pairs.h"
#include "tests/property/offline_laws.h"

namespace schemac::testing {
namespace {

constexpr int kUsualPairs = 40;
constexpr int kMostFailures = 3;

Snapshot SnapshotOf(const std::string& sql, std::string& failure) {
  const std::unique_ptr<Database> database = Server::Shared()->CreateDatabase();
  const std::string error = database->Run(sql);
  if (!error.empty()) failure = "source " + error + sql;
  return database->TakeSnapshot();
}

std::string JudgeProfile(const SketchPair& pair, bool online) {
  std::string failure;
  const auto migration = MigrationOf(pair, failure, online);
  if (!migration) return "refused " + failure;
  const Snapshot from = SnapshotOf(pair.from_sql, failure);
  const Snapshot to = SnapshotOf(pair.to_sql, failure);
  if (!failure.empty()) return failure;
  const std::unique_ptr<Database> database = Server::Shared()->CreateDatabase();
  database->Run(pair.from_sql);
  for (const auto& [law, want, text] : {std::tuple("upgrade", &to, &migration->up.text),
                                        std::tuple("downgrade", &from, &migration->down.text)}) {
    const std::string error = database->Run(*text);
    if (!error.empty()) return fmt::format("{} {}\n{}", law, error, *text);
    const std::string difference = Difference(*want, database->TakeSnapshot());
    if (!difference.empty()) return fmt::format("{}-differs {}\n{}", law, difference, *text);
  }
  return "";
}

std::string JudgeOnServer(const SketchPair& pair) { return JudgeProfile(pair, false); }

std::string JudgeOnlineOnServer(const SketchPair& pair) { return JudgeProfile(pair, true); }

void ExpectTheLaw(const Judge& judge) {
  const int pairs = PairCount(kUsualPairs);
  int refused = 0;
  int failures = 0;
  for (int i = 0; i < pairs && failures < kMostFailures; ++i) {
    const std::uint64_t seed = FirstSeed() + static_cast<std::uint64_t>(i);
    const SketchPair pair = MakePair(seed);
    const std::string failure = judge(pair);
    if (failure.starts_with("refused")) {
      ++refused;
    } else if (!failure.empty()) {
      ++failures;
      const SketchPair small = Reduce(pair, judge);
      ADD_FAILURE() << "SCHEMAC_SEED=" << seed << '\n' << Show(small) << judge(small);
    }
  }
  EXPECT_LE(refused, 5 + pairs / 10);
}

TEST(Law3, FoundPairs) {
  if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  for (const FoundPair& found : FoundPairs()) {
    EXPECT_EQ(JudgeOnServer(PairOf(found)), "") << found.name;
    EXPECT_EQ(JudgeOnlineOnServer(PairOf(found)), "") << found.name;
  }
}

TEST(Law3, RandomPairs) {
  if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  ExpectTheLaw(JudgeOnServer);
}

// Both profiles lead to the catalog of one made from the other state, and so to the same.
TEST(Law3, RandomPairsOnline) {
  if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  ExpectTheLaw(JudgeOnlineOnServer);
}

}  // namespace
}  // namespace schemac::testing
