// AnalyzeBoth(A, B) == (Analyze(A), Analyze(B)), whatever of the two is built once.
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/analyze/analyze.h"
#include "compiler/parse/parse.h"
#include "emitters/model/model_printer.h"
#include "tests/property/found_pairs.h"
#include "tests/property/offline_laws.h"

namespace schemac::testing {
namespace {

constexpr int kUsualPairs = 150;
// So many tables more stand in both.
constexpr int kMore = 70;

std::string ModelText(const std::string& sql, std::string& errors) {
  const schema::Catalog catalog = RunSql(sql, schema::Catalog::Empty(), errors);
  std::string text = emitters::PrintModel(catalog) + "\nschema public;\n";
  for (int i = 0; i < kMore; ++i)
    text += fmt::format("table more_{} {{ id integer primary key; unique (id, id{}); id{} integer; }}\n", i,
                        i, i);
  return text;
}

// Whether the model built beside another is as it is alone; `shared` counts the objects built once.
void ExpectTheLaw(const SketchPair& pair, std::size_t& shared) {
  std::string errors;
  Sources sources;
  DiagnosticSink sink;
  std::vector<std::vector<ast::File>> files(2);
  files[0].push_back(Parse(sources.Add("a", ModelText(pair.from_sql, errors)), sources, sink));
  files[1].push_back(Parse(sources.Add("b", ModelText(pair.to_sql, errors)), sources, sink));
  ASSERT_EQ(errors, "");
  const Model one = Analyze(files[0], sources, sink);
  const Model other = Analyze(files[1], sources, sink);
  if (sink.HasErrors()) return;  // Law 2 is about those.
  const auto [first, second] = AnalyzeBoth(files[0], files[1], sources, sink);
  EXPECT_TRUE(first.catalog == one.catalog) << Show(pair);
  EXPECT_TRUE(second.catalog == other.catalog) << Show(pair);
  for (const auto& [address, object] : first.catalog.objects())
    shared += second.catalog.Find(address) == &object ? 1 : 0;
}

TEST(Both, RandomPairs) {
  std::size_t shared = 0;
  const int pairs = PairCount(kUsualPairs);
  for (int i = 0; i < pairs; ++i) ExpectTheLaw(MakePair(FirstSeed() + static_cast<std::uint64_t>(i)), shared);
  EXPECT_GT(shared, static_cast<std::size_t>(pairs * kMore));
}

TEST(Both, FoundPairs) {
  std::size_t shared = 0;
  for (const FoundPair& found : FoundPairs()) ExpectTheLaw(PairOf(found), shared);
}

}  // namespace
}  // namespace schemac::testing
