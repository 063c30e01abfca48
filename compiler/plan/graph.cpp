#include "compiler/plan/graph.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace schemac::plan {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

}  // namespace

// The nodes that could come next, in the order of their keys, as a whole and by group.
class Ready {
 public:
  explicit Ready(const std::vector<Graph::Key>& keys) {
    std::map<std::string, std::size_t> groups;
    std::vector<std::size_t> by_key(keys.size());
    for (std::size_t node = 0; node < keys.size(); ++node) by_key[node] = node;
    std::sort(by_key.begin(), by_key.end(), [&](std::size_t left, std::size_t right) {
      return std::tie(keys[left].rank, keys[left].name, left) <
             std::tie(keys[right].rank, keys[right].name, right);
    });
    place_.resize(keys.size());
    for (std::size_t place = 0; place < by_key.size(); ++place) place_[by_key[place]] = place;
    node_at_ = std::move(by_key);
    group_.resize(keys.size());
    for (std::size_t node = 0; node < keys.size(); ++node) {
      group_[node] = groups.try_emplace(keys[node].group, groups.size()).first->second;
    }
    by_group_.resize(groups.size());
  }

  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] std::size_t PlaceOf(std::size_t node) const { return place_[node]; }
  void Add(std::size_t node) {
    all_.insert(place_[node]);
    by_group_[group_[node]].insert(place_[node]);
  }
  std::size_t Take() {
    const bool stay = last_group_ != kNone && !by_group_[last_group_].empty();
    const std::size_t node = node_at_[stay ? *by_group_[last_group_].begin() : *all_.begin()];
    all_.erase(place_[node]);
    by_group_[group_[node]].erase(place_[node]);
    last_group_ = group_[node];
    return node;
  }

 private:
  std::vector<std::size_t> place_;    // Of each node among all nodes ordered by key.
  std::vector<std::size_t> node_at_;  // The reverse.
  std::vector<std::size_t> group_;
  std::set<std::size_t> all_;
  std::vector<std::set<std::size_t>> by_group_;
  std::size_t last_group_ = kNone;
};

void Graph::Add(std::size_t first, std::size_t then, Bond bond) {
  if (first != then) edges_[first].push_back({then, bond});
}

// Tarjan's algorithm, with a stack of its own: plans can be deep.
std::vector<std::size_t> Graph::ComponentsWithout(const std::vector<bool>& without) const {
  struct Frame {
    std::size_t node;
    std::size_t next_edge;
  };
  const auto is_left = [&](std::size_t node) { return without.empty() || !without[node]; };
  std::vector<std::size_t> index(edges_.size(), kNone);
  std::vector<std::size_t> low(edges_.size(), 0);
  std::vector<std::size_t> component(edges_.size(), kNone);
  std::vector<std::size_t> open;
  std::vector<Frame> frames;
  std::size_t next_index = 0;
  std::size_t next_component = 0;
  for (std::size_t root = 0; root < edges_.size(); ++root) {
    if (index[root] != kNone || !is_left(root)) continue;
    frames.push_back({root, 0});
    index[root] = low[root] = next_index++;
    open.push_back(root);
    while (!frames.empty()) {
      const std::size_t node = frames.back().node;
      if (frames.back().next_edge < edges_[node].size()) {
        const std::size_t to = edges_[node][frames.back().next_edge++].to;
        if (!is_left(to)) continue;
        if (index[to] == kNone) {
          index[to] = low[to] = next_index++;
          open.push_back(to);
          frames.push_back({to, 0});
        } else if (component[to] == kNone) {
          low[node] = std::min(low[node], index[to]);
        }
        continue;
      }
      frames.pop_back();
      if (!frames.empty()) low[frames.back().node] = std::min(low[frames.back().node], low[node]);
      if (low[node] != index[node]) continue;
      for (std::size_t member = kNone; member != node;) {
        member = open.back();
        open.pop_back();
        component[member] = next_component;
      }
      ++next_component;
    }
  }
  return component;
}

// Takes nodes that wait for nothing, by their keys. When there are none left, what remains waits in cycles,
// and one node goes ahead of what it waits for.
class Sorter {
 public:
  Sorter(const Graph& graph, const std::vector<Graph::Key>& keys)
      : edges_(graph.edges_),
        graph_(graph),
        ready_(keys),
        waits_(edges_.size()),
        released_(edges_.size(), false),
        placed_(edges_.size(), false) {}

  Graph::Order Run() {
    for (const auto& edges : edges_) {
      for (const Edge& edge : edges) ++waits_[edge.to].For(edge.bond);
    }
    for (std::size_t node = 0; node < edges_.size(); ++node) ReleaseIfReady(node);
    do {
      while (!ready_.empty()) Place(ready_.Take());
    } while (order_.nodes.size() != edges_.size() && GoAhead());
    return std::move(order_);
  }

 private:
  using Edge = Graph::Edge;
  // How many edges a node waits for.
  struct Waits {
    std::size_t firm = 0;
    std::size_t soft = 0;
    std::size_t faint = 0;
    std::size_t& For(Graph::Bond bond) {
      return bond == Graph::Bond::Firm ? firm : bond == Graph::Bond::Soft ? soft : faint;
    }
  };

  void Release(std::size_t node) {
    released_[node] = true;
    ready_.Add(node);
  }

  void ReleaseIfReady(std::size_t node) {
    const Waits& waits = waits_[node];
    if (!released_[node] && waits.firm + waits.soft + waits.faint == 0) Release(node);
  }

  void Place(std::size_t node) {
    placed_[node] = true;
    order_.nodes.push_back(node);
    for (const Edge& edge : edges_[node]) {
      --waits_[edge.to].For(edge.bond);
      if (placed_[edge.to]) {
        order_.given_up.emplace_back(node, edge.to);
      } else {
        ReleaseIfReady(edge.to);
      }
    }
  }

  // Of the nodes of cycles that wait for no other cycle, the one that gives up least. False when all of them
  // wait for firm edges.
  bool GoAhead() {
    const std::vector<std::size_t> components = graph_.ComponentsWithout(placed_);
    std::vector<bool> waits_outside(edges_.size(), false);  // By component.
    for (std::size_t node = 0; node < edges_.size(); ++node) {
      if (placed_[node]) continue;
      for (const Edge& edge : edges_[node]) {
        if (!placed_[edge.to] && components[node] != components[edge.to])
          waits_outside[components[edge.to]] = true;
      }
    }
    const auto costs = [&](std::size_t node) {
      return std::tuple(waits_[node].soft, waits_[node].faint, ready_.PlaceOf(node));
    };
    std::size_t best = kNone;
    std::size_t stuck = kNone;
    for (std::size_t node = 0; node < edges_.size(); ++node) {
      if (placed_[node] || waits_outside[components[node]]) continue;
      stuck = node;
      if (waits_[node].firm == 0 && (best == kNone || costs(node) < costs(best))) best = node;
    }
    if (best == kNone) {
      FindCycle(stuck);
      return false;
    }
    Release(best);
    return true;
  }

  // Every node of the component of `at` waits for a firm edge of another: walking backwards must come round.
  void FindCycle(std::size_t at) {
    std::vector<std::size_t> waits_for(edges_.size(), kNone);
    for (std::size_t node = 0; node < edges_.size(); ++node) {
      if (placed_[node]) continue;
      for (const Edge& edge : edges_[node]) {
        if (edge.bond == Graph::Bond::Firm) waits_for[edge.to] = node;
      }
    }
    std::vector<bool> seen(edges_.size(), false);
    std::vector<std::size_t>& path = order_.cycle;
    for (; !seen[at]; at = waits_for[at]) {
      seen[at] = true;
      path.push_back(at);
    }
    path.erase(path.begin(), std::find(path.begin(), path.end(), at));
    std::reverse(path.begin(), path.end());
  }

  const std::vector<std::vector<Edge>>& edges_;
  const Graph& graph_;
  Ready ready_;
  std::vector<Waits> waits_;
  std::vector<bool> released_;
  std::vector<bool> placed_;
  Graph::Order order_;
};

Graph::Order Graph::Sort(const std::vector<Key>& keys) const { return Sorter(*this, keys).Run(); }

std::vector<bool> Graph::After(const std::vector<std::size_t>& start, const Order& order) const {
  std::vector<std::size_t> place(edges_.size(), kNone);
  for (std::size_t at = 0; at < order.nodes.size(); ++at) place[order.nodes[at]] = at;
  std::vector<bool> reached(edges_.size(), false);
  std::vector<std::size_t> open = start;
  for (const std::size_t node : start) reached[node] = true;
  while (!open.empty()) {
    const std::size_t node = open.back();
    open.pop_back();
    for (const Edge& edge : edges_[node]) {
      const bool is_kept = edge.bond == Bond::Firm || place[node] < place[edge.to];
      if (!is_kept || reached[edge.to]) continue;
      reached[edge.to] = true;
      open.push_back(edge.to);
    }
  }
  return reached;
}

}  // namespace schemac::plan
