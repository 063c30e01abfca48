#include "compiler/driver/graph_text.h"

#include <algorithm>
#include <optional>
#include <set>

namespace schemac {
namespace {

// Columns of the drawing: each is free, or a line that runs down to a revision.
class Lanes {
 public:
  // The columns whose lines end at the revision, from the left.
  [[nodiscard]] std::vector<std::size_t> To(std::size_t revision) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      if (lanes_[i] == revision) found.push_back(i);
    }
    return found;
  }
  std::size_t Open(std::size_t revision) {
    const auto free = std::find(lanes_.begin(), lanes_.end(), std::nullopt);
    if (free != lanes_.end()) {
      *free = revision;
      return static_cast<std::size_t>(free - lanes_.begin());
    }
    lanes_.emplace_back(revision);
    return lanes_.size() - 1;
  }
  void Set(std::size_t lane, std::optional<std::size_t> revision) { lanes_[lane] = revision; }
  void DropFree() {
    while (!lanes_.empty() && !lanes_.back()) lanes_.pop_back();
  }

  // A row of lines, with `mark` in one column.
  [[nodiscard]] std::string Row(std::size_t lane, char mark) const {
    std::string row;
    for (std::size_t i = 0; i < std::max(lanes_.size(), lane + 1); ++i) {
      if (i > 0) row += ' ';
      row += i == lane ? mark : i < lanes_.size() && lanes_[i] ? '|' : ' ';
    }
    return row;
  }
  // A row in which columns are joined with `lane`, the leftmost, by `corner`s.
  [[nodiscard]] std::string Join(std::size_t lane, const std::vector<std::size_t>& joined,
                                 char corner) const {
    std::string row = Row(lane, '|');
    const std::size_t last = *std::max_element(joined.begin(), joined.end());
    row.resize(std::max(row.size(), 2 * last + 1), ' ');
    for (std::size_t at = 2 * lane + 1; at < 2 * last; ++at) {
      if (row[at] == ' ') row[at] = '-';
    }
    for (const std::size_t other : joined) row[2 * other] = corner;
    return row;
  }

 private:
  std::vector<std::optional<std::size_t>> lanes_;
};

void AppendLine(std::string& text, std::string line) {
  line.resize(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

}  // namespace

std::string DrawGraph(const History& history, const std::vector<std::size_t>& revisions,
                      const std::function<std::string(std::size_t)>& words) {
  const std::set<std::size_t> shown(revisions.begin(), revisions.end());
  std::string text;
  Lanes lanes;
  for (const std::size_t revision : revisions) {
    std::vector<std::size_t> ending = lanes.To(revision);
    const std::size_t lane = ending.empty() ? lanes.Open(revision) : ending.front();
    if (ending.size() > 1) {
      ending.erase(ending.begin());
      AppendLine(text, lanes.Join(lane, ending, '\''));
      for (const std::size_t other : ending) lanes.Set(other, std::nullopt);
      lanes.DropFree();
    }
    AppendLine(text, lanes.Row(lane, '*') + " " + words(revision));
    std::vector<std::size_t> children = history.ChildrenOf(revision);
    std::erase_if(children, [&](std::size_t child) { return !shown.contains(child); });
    lanes.Set(lane, children.empty() ? std::optional<std::size_t>() : children.front());
    std::vector<std::size_t> opened;
    for (std::size_t i = 1; i < children.size(); ++i) opened.push_back(lanes.Open(children[i]));
    if (!opened.empty()) AppendLine(text, lanes.Join(lane, opened, '.'));
    lanes.DropFree();
  }
  return text;
}

}  // namespace schemac
