// What comes before what, and one order that fits. Knows nothing of schemas: nodes are numbers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace schemac::plan {

class Graph {
 public:
  // Decides between nodes that could come next: first those of the group of the node placed last, then the
  // lower rank, then the name, then the number.
  struct Key {
    std::string group;
    int rank = 0;
    std::string name;
  };
  struct Order {
    std::vector<std::size_t> nodes;  // Every node once, unless there is a cycle.
    std::vector<std::size_t>
        cycle;  // Nodes of one cycle of firm edges, each before the next; empty when all is well.
  };

  explicit Graph(std::size_t nodes) : edges_(nodes) {}

  // `first` comes before `then`. A soft edge is given up when it is part of a cycle. An edge from a node to
  // itself is no edge.
  void Add(std::size_t first, std::size_t then, bool soft = false);

  [[nodiscard]] Order Sort(const std::vector<Key>& keys) const;
  // Marks `start` and all nodes that come, by firm edges, after one of them.
  [[nodiscard]] std::vector<bool> After(const std::vector<std::size_t>& start) const;

  // The number of the strongly connected component of each node.
  [[nodiscard]] std::vector<std::size_t> Components() const;

 private:
  struct Edge {
    std::size_t to;
    bool soft;
  };
  [[nodiscard]] std::vector<std::size_t> FindCycle(const std::vector<bool>& placed,
                                                   const std::vector<std::size_t>& components) const;

  std::vector<std::vector<Edge>> edges_;
};

}  // namespace schemac::plan
