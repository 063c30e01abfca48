// Interpret(A, emitted upgrade) == B, and Interpret(B, emitted downgrade) == A.
#include <string>

#include <gtest/gtest.h>

#include "tests/property/found_pairs.h"
#include "tests/property/offline_laws.h"

namespace schemac::testing {
namespace {

constexpr int kUsualPairs = 300;
constexpr int kMostShown = 3;

TEST(Law2, FoundPairs) {
  for (const FoundPair& found : FoundPairs()) {
    EXPECT_EQ(JudgeOffline(PairOf(found)), "") << found.name;
    EXPECT_EQ(JudgeOnline(PairOf(found)), "") << found.name;
    EXPECT_EQ(JudgeModel(PairOf(found)), "") << found.name;
  }
}

// How many pairs of a run break a law, and how many are refused. The first few failures are shown, reduced.
struct Tally {
  int pairs = 0;
  int refused = 0;
  int failed = 0;
  std::string report;
};

Tally Count(const Judge& judge, int pairs) {
  Tally tally;
  for (; tally.pairs < pairs; ++tally.pairs) {
    const std::uint64_t seed = FirstSeed() + static_cast<std::uint64_t>(tally.pairs);
    const SketchPair pair = MakePair(seed);
    const std::string failure = judge(pair);
    if (failure.starts_with("refused")) {
      ++tally.refused;
    } else if (!failure.empty() && ++tally.failed <= kMostShown) {
      const SketchPair small = Reduce(pair, judge);
      tally.report += "SCHEMAC_SEED=" + std::to_string(seed) + '\n' + Show(small) + judge(small) + '\n';
    }
  }
  return tally;
}

void ExpectTheLaw(const Judge& judge) {
  const Tally tally = Count(judge, PairCount(kUsualPairs));
  ::testing::Test::RecordProperty("refused", tally.refused);
  EXPECT_EQ(tally.failed, 0) << tally.report;
  // Conversions that only a person can tell, and renames that wait for each other.
  EXPECT_LE(tally.refused, 5 + tally.pairs / 10);
}

TEST(Law2, RandomPairs) { ExpectTheLaw(JudgeOffline); }

TEST(Law2, RandomPairsOnline) { ExpectTheLaw(JudgeOnline); }

}  // namespace
}  // namespace schemac::testing
