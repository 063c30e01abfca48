// Interpret(A, emitted upgrade) == B, Interpret(B, emitted downgrade) == A, and what is printed as a model or
// as a model diff means what it was printed from.
#include <gtest/gtest.h>

#include "tests/property/offline_laws.h"

namespace schemac::testing {
namespace {

constexpr int kUsualPairs = 300;
constexpr int kMostFailures = 3;

TEST(Law2, RandomPairs) {
  const int pairs = PairCount(kUsualPairs);
  int refused = 0;
  int failures = 0;
  for (int i = 0; i < pairs && failures < kMostFailures; ++i) {
    const std::uint64_t seed = FirstSeed() + static_cast<std::uint64_t>(i);
    const SketchPair pair = MakePair(seed);
    const std::string failure = JudgeOffline(pair);
    if (failure.starts_with("refused")) {
      ++refused;
    } else if (!failure.empty()) {
      ++failures;
      const SketchPair small = Reduce(pair, JudgeOffline);
      ADD_FAILURE() << "SCHEMAC_SEED=" << seed << '\n' << Show(small) << JudgeOffline(small);
    }
  }
  RecordProperty("refused", refused);
  // Conversions that only a person can tell, renames that wait for each other.
  EXPECT_LE(refused, pairs / 10);
}

}  // namespace
}  // namespace schemac::testing
