// What comes before what, and one order that fits. Knows nothing of schemas: nodes are numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
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
    // The edges that the order goes against: the first of each pair should have come before the second.
    std::vector<std::pair<std::size_t, std::size_t>> given_up;
  };

  explicit Graph(std::size_t nodes) : edges_(nodes) {}

  // How much an edge counts where edges form a cycle: faint ones are given up before soft ones, and as few as
  // a look at the nodes that could come next can tell. Firm ones never are.
  enum class Bond : std::uint8_t { Firm, Soft, Faint };

  // `first` comes before `then`. An edge from a node to itself is no edge.
  void Add(std::size_t first, std::size_t then, Bond bond = Bond::Firm);

  [[nodiscard]] Order Sort(const std::vector<Key>& keys) const;
  // Marks `start` and all nodes that come after one of them, by firm edges and by those that the order keeps.
  [[nodiscard]] std::vector<bool> After(const std::vector<std::size_t>& start, const Order& order) const;

  // The number of the strongly connected component of each node.
  [[nodiscard]] std::vector<std::size_t> Components() const { return ComponentsWithout({}); }

 private:
  friend class Sorter;
  struct Edge {
    std::size_t to;
    Bond bond;
  };
  // Of what is left without some nodes; `without` is empty or has a flag for each node.
  [[nodiscard]] std::vector<std::size_t> ComponentsWithout(const std::vector<bool>& without) const;

  std::vector<std::vector<Edge>> edges_;
};

}  // namespace schemac::plan
