#include "compiler/analyze/mention_order.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "compiler/analyze/words.h"

namespace schemac::analyze {
namespace {

using Edges = std::vector<std::vector<std::size_t>>;

// `nextval('app.s')`: the last name in the string.
std::string NameInString(const std::string& text) {
  std::string name;
  for (const Word& word : ScanWords(text)) {
    if (word.IsName()) name = word.text;
  }
  return name;
}

Edges FindMentions(const std::vector<Mentioner>& nodes) {
  std::unordered_multimap<std::string_view, std::size_t> by_name;
  for (std::size_t i = 0; i < nodes.size(); ++i) by_name.emplace(nodes[i].name, i);
  const auto find = [&](std::string_view text) {
    std::vector<std::size_t> mentioned;
    for (const Word& word : ScanWords(text)) {
      if (!word.IsName() && word.kind != Word::Kind::String) continue;
      const std::string name = word.IsName() ? word.text : NameInString(word.text);
      auto [begin, end] = by_name.equal_range(name);
      for (; begin != end; ++begin) mentioned.push_back(begin->second);
    }
    return mentioned;
  };
  // Few texts are spelled once: most are the types of columns.
  std::unordered_map<std::string_view, std::vector<std::size_t>> known;
  Edges edges(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::vector<std::size_t>& mentioned = edges[i];
    for (const std::string_view text : nodes[i].texts) {
      const auto [place, is_new] = known.try_emplace(text);
      if (is_new) place->second = find(text);
      mentioned.insert(mentioned.end(), place->second.begin(), place->second.end());
    }
    std::erase(mentioned, i);
    std::ranges::sort(mentioned);
    mentioned.erase(std::unique(mentioned.begin(), mentioned.end()), mentioned.end());
  }
  return edges;
}

}  // namespace

std::vector<std::size_t> OrderByMentions(const std::vector<Mentioner>& nodes) {
  const Edges edges = FindMentions(nodes);
  std::vector<std::size_t> order;
  order.reserve(nodes.size());
  std::vector<bool> entered(nodes.size(), false);
  // Depth first, with a stack of our own: views can stand on views thousands deep.
  struct Frame {
    std::size_t node;
    std::size_t next = 0;
  };
  for (std::size_t root = 0; root < nodes.size(); ++root) {
    if (entered[root]) continue;
    entered[root] = true;
    std::vector<Frame> stack{{root}};
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.next == edges[frame.node].size()) {
        order.push_back(frame.node);
        stack.pop_back();
        continue;
      }
      const std::size_t mentioned = edges[frame.node][frame.next++];
      if (entered[mentioned]) continue;
      entered[mentioned] = true;
      stack.push_back({mentioned});
    }
  }
  return order;
}

}  // namespace schemac::analyze
