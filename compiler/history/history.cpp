#include "compiler/history/history.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <queue>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/parse/parse.h"

namespace schemac {
namespace {

Error HistoryError(std::string message, std::string fix = "") {
  Error error;
  error.message = std::move(message);
  error.kind = DiagnosticKind::History;
  error.fix = std::move(fix);
  return error;
}

// A file's revision with the places that diagnostics point at.
struct Loaded {
  Revision revision;
  Span id_span;
};

bool IsOnline(const ast::Revision& revision, DiagnosticSink& sink) {
  if (!revision.profile || revision.profile->text == "online") return revision.profile.has_value();
  sink.Report(Diagnostic(DiagnosticKind::History, revision.profile->span,
                         fmt::format("no profile is called \"{}\"", revision.profile->text))
                  .Fix("write \"profile online;\", or leave the line out"));
  return false;
}

std::vector<Loaded> ParseAll(const std::vector<RevisionFile>& files, const Sources& sources,
                             DiagnosticSink& sink) {
  std::vector<Loaded> all;
  std::map<std::string, Span> seen;
  for (const RevisionFile& file : files) {
    ast::File tree = Parse(file.source, sources, sink);
    const Span start{file.source, 0, 0};
    if (!tree.revision) {
      sink.Report(Diagnostic(DiagnosticKind::History, start, "this file does not begin with \"revision\"")
                      .Fix(fmt::format("begin with \"revision {};\"", file.stem)));
      continue;
    }
    const ast::Name& id = tree.revision->id;
    if (id.text != file.stem) {
      sink.Report(
          Diagnostic(DiagnosticKind::History, id.span,
                     fmt::format("the revision is called \"{}\", its file \"{}\"", id.text, file.stem))
              .Fix("the file's name without .mdiff is the revision's id"));
    }
    const auto [first, is_new] = seen.emplace(id.text, id.span);
    if (!is_new) {
      sink.Report(
          Diagnostic(DiagnosticKind::History, id.span, fmt::format("a second revision \"{}\"", id.text))
              .AddNote(first->second, "the first one is here"));
      continue;
    }
    Loaded loaded;
    loaded.id_span = id.span;
    loaded.revision.id = id.text;
    for (const ast::Name& parent : tree.revision->revises) loaded.revision.revises.push_back(parent.text);
    if (tree.revision->message) loaded.revision.message = tree.revision->message->text;
    loaded.revision.online = IsOnline(*tree.revision, sink);
    loaded.revision.file = std::move(tree);
    all.push_back(std::move(loaded));
  }
  return all;
}

// Removes from `revises` what does not exist, and says so.
void ReportMissingParents(std::vector<Loaded>& all, DiagnosticSink& sink) {
  std::vector<std::string> ids;
  for (const Loaded& loaded : all) ids.push_back(loaded.revision.id);
  const std::set<std::string, std::less<>> known(ids.begin(), ids.end());
  for (Loaded& loaded : all) {
    for (const ast::Name& parent : loaded.revision.file.revision->revises) {
      if (known.contains(parent.text)) continue;
      std::vector<std::string> others = ids;
      std::erase(others, loaded.revision.id);
      const std::string nearest = Nearest(parent.text, others);
      sink.Report(
          Diagnostic(DiagnosticKind::History, parent.span, fmt::format("no revision \"{}\"", parent.text))
              .Fix(nearest.empty() ? "" : fmt::format("did you mean \"{}\"?", nearest)));
    }
    std::erase_if(loaded.revision.revises,
                  [&](const std::string& parent) { return !known.contains(parent); });
  }
}

}  // namespace

History History::Load(const std::vector<RevisionFile>& files, const Sources& sources, DiagnosticSink& sink) {
  std::vector<Loaded> all = ParseAll(files, sources, sink);
  std::sort(all.begin(), all.end(),
            [](const Loaded& left, const Loaded& right) { return left.revision.id < right.revision.id; });
  ReportMissingParents(all, sink);

  std::map<std::string, std::vector<std::size_t>> children;
  std::vector<std::size_t> waiting(all.size());
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> free;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::set<std::string> parents(all[i].revision.revises.begin(), all[i].revision.revises.end());
    waiting[i] = parents.size();
    for (const std::string& parent : parents) children[parent].push_back(i);
    if (parents.empty()) free.push(i);
  }
  History history;
  std::vector<bool> placed(all.size());
  while (!free.empty()) {
    const std::size_t next = free.top();
    free.pop();
    placed[next] = true;
    const std::string id = all[next].revision.id;
    history.by_id_.emplace(id, history.revisions_.size());
    history.revisions_.push_back(std::move(all[next].revision));
    for (const std::size_t child : children[id]) {
      if (--waiting[child] == 0) free.push(child);
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (placed[i]) continue;
    sink.Report(
        Diagnostic(DiagnosticKind::History, all[i].id_span,
                   fmt::format("revision \"{}\" builds, directly or indirectly, on a circle of revisions",
                               all[i].revision.id)));
  }
  history.Link();
  return history;
}

void History::Link() {
  parents_.resize(revisions_.size());
  children_.resize(revisions_.size());
  for (const auto& [id, index] : by_id_) {
    for (const std::string& name : revisions_[index].revises) {
      const auto parent = by_id_.find(name);
      // One that stands on a circle is not in the history.
      if (parent == by_id_.end()) continue;
      if (std::find(parents_[index].begin(), parents_[index].end(), parent->second) != parents_[index].end())
        continue;
      parents_[index].push_back(parent->second);
      children_[parent->second].push_back(index);
    }
    if (parents_[index].empty()) roots_.push_back(index);
  }
}

std::vector<std::size_t> History::Heads() const {
  std::vector<std::size_t> heads;
  for (const auto& [id, index] : by_id_) {
    if (children_[index].empty()) heads.push_back(index);
  }
  return heads;
}

ErrorOr<std::optional<std::size_t>> History::Head() const {
  const std::vector<std::size_t> heads = Heads();
  if (heads.empty()) return std::optional<std::size_t>();
  if (heads.size() == 1) return std::optional<std::size_t>(heads.front());
  std::vector<std::string> names;
  for (const std::size_t head : heads) names.push_back(revisions_[head].id);
  return HistoryError(fmt::format("the history has {} heads: {}", heads.size(), fmt::join(names, ", ")),
                      "\"schemac merge\" brings two of them together");
}

ErrorOr<std::size_t> History::Find(std::string_view text) const {
  if (const auto exact = by_id_.find(text); exact != by_id_.end()) return exact->second;
  std::vector<std::string> ids;
  std::vector<std::string> matches;
  for (const auto& [id, index] : by_id_) {
    ids.push_back(id);
    if (!text.empty() && id.starts_with(text)) matches.push_back(id);
  }
  if (matches.size() == 1) return by_id_.find(matches.front())->second;
  if (matches.size() > 1) {
    return HistoryError(fmt::format("\"{}\" may be {}", text, fmt::join(matches, " or ")));
  }
  const std::string nearest = Nearest(text, ids);
  return HistoryError(fmt::format("no revision \"{}\"", text),
                      nearest.empty() ? "\"schemac history\" lists the revisions"
                                      : fmt::format("did you mean \"{}\"?", nearest));
}

namespace {

// The number at the end of `head-2`, `0003+1`; where its sign stands.
struct Offset {
  std::size_t sign = 0;
  long steps = 0;
};

std::optional<Offset> FindOffset(std::string_view text) {
  const std::size_t sign = text.find_last_of("+-");
  if (sign == std::string_view::npos || sign + 1 == text.size()) return std::nullopt;
  unsigned steps = 0;
  const auto [end, error] = std::from_chars(text.data() + sign + 1, text.data() + text.size(), steps);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return Offset{sign, text[sign] == '-' ? -static_cast<long>(steps) : static_cast<long>(steps)};
}

}  // namespace

ErrorOr<std::optional<std::size_t>> History::Resolve(std::string_view text) const {
  using Point = std::optional<std::size_t>;
  if (text == "base") return Point();
  if (text == "head") return Head();
  const std::optional<Offset> offset = FindOffset(text);
  if (!offset || by_id_.contains(text)) {
    const ErrorOr<std::size_t> found = Find(text);
    if (!found) return found.error();
    return Point(*found);
  }
  const std::string_view anchor = text.substr(0, offset->sign);
  const ErrorOr<Point> start = Resolve(!anchor.empty() ? anchor : offset->steps < 0 ? "head" : "base");
  if (!start) return start.error();
  const Error too_far = HistoryError(
      fmt::format("\"{}\" leads beyond the {} of the history", text, offset->steps < 0 ? "base" : "head"));
  Point point = *start;
  for (long step = offset->steps; step < 0; ++step) {
    if (!point) return too_far;
    ErrorOr<Point> next = StepDown(*point);
    if (!next) return next;
    point = *next;
  }
  for (long step = offset->steps; step > 0; --step) {
    if (ChildrenOf(point).empty()) return too_far;
    ErrorOr<Point> next = StepUp(point);
    if (!next) return next;
    point = *next;
  }
  return point;
}

std::string History::IdOf(std::optional<std::size_t> revision) const {
  return revision ? revisions_[*revision].id : "base";
}

ErrorOr<std::optional<std::size_t>> History::StepDown(std::size_t revision) const {
  const std::vector<std::size_t>& parents = parents_[revision];
  if (parents.empty()) return std::optional<std::size_t>();
  if (parents.size() == 1) return std::optional<std::size_t>(parents.front());
  return HistoryError(fmt::format("a step back from \"{}\" may lead to {}", revisions_[revision].id,
                                  fmt::join(revisions_[revision].revises, " or ")),
                      "name the one that is meant");
}

ErrorOr<std::optional<std::size_t>> History::StepUp(std::optional<std::size_t> point) const {
  const std::vector<std::size_t>& children = ChildrenOf(point);
  if (children.size() == 1) return std::optional<std::size_t>(children.front());
  std::vector<std::string> names;
  for (const std::size_t child : children) names.push_back(revisions_[child].id);
  return HistoryError(
      fmt::format("a step on from \"{}\" may lead to {}", IdOf(point), fmt::join(names, " or ")),
      "name the one that is meant");
}

RevisionPath History::LineOf(std::size_t revision) const {
  RevisionPath line;
  std::vector<bool> seen(revisions_.size());
  // What is entered, and which of its parents is next: histories are too long to recurse.
  std::vector<std::pair<std::size_t, std::size_t>> open{{revision, 0}};
  seen[revision] = true;
  while (!open.empty()) {
    auto& [index, next] = open.back();
    if (next == parents_[index].size()) {
      line.push_back(index);
      open.pop_back();
      continue;
    }
    const std::size_t parent = parents_[index][next++];
    if (seen[parent]) continue;
    seen[parent] = true;
    open.emplace_back(parent, 0);
  }
  return line;
}

ErrorOr<RevisionPath> History::Path(std::optional<std::size_t> from, std::optional<std::size_t> to) const {
  if (from == to) return RevisionPath();
  RevisionPath path = to ? LineOf(*to) : RevisionPath();
  if (!from) return path;
  if (std::find(path.begin(), path.end(), *from) == path.end()) {
    const RevisionPath line = LineOf(*from);
    const bool turned = !to || std::find(line.begin(), line.end(), *to) != line.end();
    return HistoryError(
        fmt::format("\"{}\" does not build on \"{}\"", IdOf(to), IdOf(from)),
        turned ? "the other way round: a range goes from the older to the newer, and only that of a "
                 "downgrade back"
               : "they stand on different branches: \"schemac history --graph\" draws them");
  }
  std::vector<bool> done(revisions_.size());
  for (const std::size_t index : LineOf(*from)) done[index] = true;
  std::erase_if(path, [&](std::size_t index) { return done[index]; });
  return path;
}

bool History::IsChain(std::optional<std::size_t> from, const RevisionPath& path) const {
  std::optional<std::size_t> before = from;
  return std::all_of(path.begin(), path.end(), [&](std::size_t index) {
    const std::vector<std::size_t>& parents = parents_[index];
    const bool fits = before ? parents.size() == 1 && parents.front() == *before : parents.empty();
    before = index;
    return fits;
  });
}

std::string History::NextNumber() const {
  // Longer runs of digits are hashes, not numbers.
  constexpr std::size_t kLongestNumber = 6;
  unsigned highest = 0;
  for (const auto& [id, index] : by_id_) {
    const std::size_t digits = std::min(id.find_first_not_of("0123456789"), id.size());
    if (digits == 0 || digits > kLongestNumber || (digits < id.size() && id[digits] != '_')) continue;
    unsigned number = 0;
    std::from_chars(id.data(), id.data() + digits, number);
    highest = std::max(highest, number);
  }
  return fmt::format("{:04}", highest + 1);
}

}  // namespace schemac
