#include "compiler/plan/graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace schemac::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
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

TEST(Graph, SoftEdgesCountUnlessTheyCloseACycle) {
  Graph graph(3);
  graph.Add(1, 0, true);
  graph.Add(0, 2);
  graph.Add(2, 0, true);
  const Graph::Order order = graph.Sort({{"a", 0, "a"}, {"b", 1, "b"}, {"c", 2, "c"}});
  EXPECT_THAT(order.nodes, ElementsAre(1, 0, 2));
  EXPECT_THAT(order.cycle, IsEmpty());
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

TEST(Graph, AfterFollowsFirmEdgesOnly) {
  Graph graph(4);
  graph.Add(0, 1);
  graph.Add(1, 2);
  graph.Add(0, 3, true);
  EXPECT_THAT(graph.After({1}), ElementsAre(false, true, true, false));
  EXPECT_THAT(graph.After({0}), ElementsAre(true, true, true, false));
}

}  // namespace
}  // namespace schemac::plan
