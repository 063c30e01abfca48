#include "tests/property/sketch_pair.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include <fmt/format.h>

#include "tests/property/random_sketch.h"

namespace schemac::testing {
namespace {

SketchPair Finish(Sketch from, Sketch to) {
  SketchPair pair{std::move(from), std::move(to), {}, {}, {}};
  pair.intent = RenamesBetween(pair.from, pair.to);
  pair.from_sql = WriteSql(pair.from);
  pair.to_sql = WriteSql(pair.to);
  return pair;
}

// Calls `visit` with each list of things of a sketch.
template <typename Visit>
void ForEachList(Sketch& sketch, const Visit& visit) {
  visit(sketch.schemas), visit(sketch.domains), visit(sketch.composites), visit(sketch.sequences);
  visit(sketch.functions), visit(sketch.tables), visit(sketch.views), visit(sketch.enums);
  visit(sketch.collations), visit(sketch.defaults);
  for (SketchEnum& it : sketch.enums) visit(it.labels);
  for (SketchComposite& it : sketch.composites) visit(it.attributes);
  for (SketchTable& it : sketch.tables) {
    visit(it.columns), visit(it.keys), visit(it.checks), visit(it.foreign_keys), visit(it.indexes);
    visit(it.triggers), visit(it.policies), visit(it.rules), visit(it.statistics);
  }
  for (SketchView& it : sketch.views) visit(it.outputs), visit(it.indexes);
}

std::set<Id> AllIds(Sketch sketch) {
  std::set<Id> ids;
  ForEachList(sketch, [&](auto& list) {
    for (const auto& it : list) ids.insert(it.id);
  });
  return ids;
}

Sketch Without(Sketch sketch, Id id) {
  ForEachList(sketch, [&](auto& list) { std::erase_if(list, [&](const auto& it) { return it.id == id; }); });
  Repair(sketch);
  return sketch;
}

std::string Law(const std::string& failure) { return failure.substr(0, failure.find(' ')); }

}  // namespace

SketchPair MakePair(std::uint64_t seed) {
  RandomSketches random(seed);
  Sketch from = random.Make();
  Sketch to = seed % 8 == 0 ? random.Make() : random.Change(from);
  return Finish(std::move(from), std::move(to));
}

SketchPair Reduce(SketchPair pair, const Judge& judge) {
  const std::string law = Law(judge(pair));
  for (bool smaller = true; smaller;) {
    smaller = false;
    std::set<Id> ids = AllIds(pair.from);
    ids.merge(AllIds(pair.to));
    for (const Id id : ids) {
      SketchPair candidate = Finish(Without(pair.from, id), Without(pair.to, id));
      if (candidate.from_sql + candidate.to_sql == pair.from_sql + pair.to_sql) continue;
      if (Law(judge(candidate)) != law) continue;
      pair = std::move(candidate);
      smaller = true;
    }
  }
  return pair;
}

std::string Show(const SketchPair& pair) {
  std::string text = "-- from\n" + pair.from_sql + "-- to\n" + pair.to_sql;
  for (const schema::Rename& it : pair.intent.renames)
    text += fmt::format("-- renamed: {} to {}\n", schema::Describe(it.from), schema::Describe(it.to));
  return text;
}

std::uint64_t FirstSeed() {
  const char* text = std::getenv("SCHEMAC_SEED");
  return text == nullptr ? 1 : std::strtoull(text, nullptr, 10);
}

int PairCount(int usual) {
  const char* text = std::getenv("SCHEMAC_PAIRS");
  return text == nullptr ? usual : std::atoi(text);
}

}  // namespace schemac::testing
