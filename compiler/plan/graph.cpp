#include "compiler/plan/graph.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace schemac::plan {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

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

}  // namespace

void Graph::Add(std::size_t first, std::size_t then, bool soft) {
  if (first != then) edges_[first].push_back({then, soft});
}

// Tarjan's algorithm, with a stack of its own: plans can be deep.
std::vector<std::size_t> Graph::Components() const {
  struct Frame {
    std::size_t node;
    std::size_t next_edge;
  };
  std::vector<std::size_t> index(edges_.size(), kNone);
  std::vector<std::size_t> low(edges_.size(), 0);
  std::vector<std::size_t> component(edges_.size(), kNone);
  std::vector<std::size_t> open;
  std::vector<Frame> frames;
  std::size_t next_index = 0;
  std::size_t next_component = 0;
  for (std::size_t root = 0; root < edges_.size(); ++root) {
    if (index[root] != kNone) continue;
    frames.push_back({root, 0});
    index[root] = low[root] = next_index++;
    open.push_back(root);
    while (!frames.empty()) {
      const std::size_t node = frames.back().node;
      if (frames.back().next_edge < edges_[node].size()) {
        const std::size_t to = edges_[node][frames.back().next_edge++].to;
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

Graph::Order Graph::Sort(const std::vector<Key>& keys) const {
  const std::vector<std::size_t> components = Components();
  const auto counts = [&](std::size_t from, const Edge& edge) {
    return !edge.soft || components[from] != components[edge.to];
  };
  std::vector<std::size_t> waits_for(edges_.size(), 0);
  for (std::size_t node = 0; node < edges_.size(); ++node) {
    for (const Edge& edge : edges_[node]) waits_for[edge.to] += counts(node, edge) ? 1 : 0;
  }
  Ready ready(keys);
  for (std::size_t node = 0; node < edges_.size(); ++node) {
    if (waits_for[node] == 0) ready.Add(node);
  }
  Order order;
  std::vector<bool> placed(edges_.size(), false);
  while (!ready.empty()) {
    const std::size_t node = ready.Take();
    placed[node] = true;
    order.nodes.push_back(node);
    for (const Edge& edge : edges_[node]) {
      if (counts(node, edge) && --waits_for[edge.to] == 0) ready.Add(edge.to);
    }
  }
  if (order.nodes.size() != edges_.size()) order.cycle = FindCycle(placed, components);
  return order;
}

// Every node that is left waits for another one that is left: walking backwards must come round.
std::vector<std::size_t> Graph::FindCycle(const std::vector<bool>& placed,
                                          const std::vector<std::size_t>& components) const {
  std::vector<std::size_t> waits_for(edges_.size(), kNone);
  std::size_t at = kNone;
  for (std::size_t node = 0; node < edges_.size(); ++node) {
    if (placed[node]) continue;
    for (const Edge& edge : edges_[node]) {
      if (edge.soft && components[node] == components[edge.to]) continue;
      waits_for[edge.to] = node;
      at = edge.to;
    }
  }
  std::vector<std::size_t> path;
  std::vector<bool> seen(edges_.size(), false);
  for (; !seen[at]; at = waits_for[at]) {
    seen[at] = true;
    path.push_back(at);
  }
  path.erase(path.begin(), std::find(path.begin(), path.end(), at));
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<bool> Graph::After(const std::vector<std::size_t>& start) const {
  std::vector<bool> reached(edges_.size(), false);
  std::vector<std::size_t> open = start;
  for (const std::size_t node : start) reached[node] = true;
  while (!open.empty()) {
    const std::size_t node = open.back();
    open.pop_back();
    for (const Edge& edge : edges_[node]) {
      if (edge.soft || reached[edge.to]) continue;
      reached[edge.to] = true;
      open.push_back(edge.to);
    }
  }
  return reached;
}

}  // namespace schemac::plan
