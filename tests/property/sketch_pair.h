// A random change, as both what a test may run and what a person may read.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "schema/intent.h"
#include "tests/property/sketch.h"

namespace schemac::testing {

struct SketchPair {
  Sketch from;
  Sketch to;
  schema::Intent intent;
  std::string from_sql;
  std::string to_sql;
};

// The seed's pair: mostly one schema and what became of it, sometimes two that have nothing in common.
SketchPair MakePair(std::uint64_t seed);

// What fails for a pair, in words; "" when nothing does. The first word says which law.
using Judge = std::function<std::string(const SketchPair&)>;

// The smallest pair that can be had by taking things away from this one and still breaks the same law.
SketchPair Reduce(SketchPair pair, const Judge& judge);

// For a failure's message.
std::string Show(const SketchPair& pair);

// SCHEMAC_SEED: where to begin (default 1); SCHEMAC_PAIRS: how many pairs to try.
std::uint64_t FirstSeed();
int PairCount(int usual);

}  // namespace schemac::testing
