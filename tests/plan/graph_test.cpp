#include "compiler/plan/graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace schemac::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(Graph, TiesGoByRankThenName) {
  const Graph graph(3);
  EXPECT_THAT(graph.Sort({{"x", 1, "a"}, {"y", 0, "z"}, {"z", 0, "b"}}).nodes, ElementsAre(2, 1, 0));
}

TEST(Graph, StaysInAGroupWhileItCan) {
  Graph graph(4);
  graph.Add(0, 3);
  EXPECT_THAT(graph.Sort({{"t", 0, "t"}, {"u", 0, "u"}, {"u", 1, "u"}, {"t", 5, "t"}}).nodes,
              ElementsAre(0, 3, 1, 2));
}

TEST(Graph, EdgesWinOverKeys) {
  Graph graph(3);
  graph.Add(2, 0);
  graph.Add(1, 2);
  EXPECT_THAT(graph.Sort({{"a", 0, "a"}, {"b", 9, "b"}, {"c", 5, "c"}}).nodes, ElementsAre(1, 2, 0));
}

using enum Graph::Bond;

TEST(Graph, SoftEdgesCountUnlessTheyCloseACycle) {
  Graph graph(3);
  graph.Add(1, 0, Soft);
  graph.Add(0, 2);
  graph.Add(2, 0, Soft);
  const Graph::Order order = graph.Sort({{"a", 0, "a"}, {"b", 1, "b"}, {"c", 2, "c"}});
  EXPECT_THAT(order.nodes, ElementsAre(1, 0, 2));
  EXPECT_THAT(order.cycle, IsEmpty());
  EXPECT_THAT(order.given_up, ElementsAre(Pair(2, 0)));
}

TEST(Graph, OneEdgeOfARingIsGivenUpAndTheRestCounts) {
  Graph graph(5);
  graph.Add(0, 1, Soft);
  graph.Add(1, 2, Soft);
  graph.Add(2, 3, Soft);
  graph.Add(3, 0, Soft);
  graph.Add(3, 1, Soft);
  graph.Add(2, 4, Soft);
  const Graph::Order order = graph.Sort(std::vector<Graph::Key>(5));
  EXPECT_THAT(order.nodes, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(order.given_up, ElementsAre(Pair(3, 0), Pair(3, 1)));
}

TEST(Graph, FaintEdgesAreGivenUpBeforeSoftOnes) {
  Graph graph(2);
  graph.Add(1, 0, Soft);
  graph.Add(0, 1, Faint);
  EXPECT_THAT(graph.Sort({{"a", 0, "a"}, {"b", 0, "b"}}).nodes, ElementsAre(1, 0));
}

TEST(Graph, ARingOfFirmEdgesBehindASoftOneIsNamed) {
  Graph graph(4);
  graph.Add(0, 1);
  graph.Add(1, 0);
  graph.Add(1, 2, Soft);
  graph.Add(2, 3);
  EXPECT_THAT(graph.Sort(std::vector<Graph::Key>(4)).cycle, UnorderedElementsAre(0, 1));
}

TEST(Graph, NamesTheCycle) {
  Graph graph(5);
  graph.Add(0, 1);
  graph.Add(1, 2);
  graph.Add(2, 3);
  graph.Add(3, 1);
  graph.Add(3, 4);
  const Graph::Order order = graph.Sort(std::vector<Graph::Key>(5));
  EXPECT_THAT(order.nodes, ElementsAre(0));
  EXPECT_THAT(order.cycle, UnorderedElementsAre(1, 2, 3));
}

TEST(Graph, ALongChainNeedsNoStack) {
  constexpr std::size_t kNodes = 50000;
  Graph graph(kNodes);
  for (std::size_t node = 0; node + 1 < kNodes; ++node) graph.Add(node + 1, node);
  const Graph::Order order = graph.Sort(std::vector<Graph::Key>(kNodes));
  ASSERT_EQ(order.nodes.size(), kNodes);
  EXPECT_EQ(order.nodes.front(), kNodes - 1);
}

TEST(Graph, AfterFollowsTheEdgesThatTheOrderKeeps) {
  Graph graph(5);
  graph.Add(0, 1);
  graph.Add(1, 2);
  graph.Add(0, 3, Soft);
  graph.Add(2, 4, Soft);
  graph.Add(4, 2);
  const Graph::Order order = graph.Sort(std::vector<Graph::Key>(5));
  EXPECT_THAT(graph.After({1}, order), ElementsAre(false, true, true, false, false));
  EXPECT_THAT(graph.After({0}, order), ElementsAre(true, true, true, true, false));
}

}  // namespace
}  // namespace schemac::plan
