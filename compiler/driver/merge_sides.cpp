#include "compiler/driver/merge_sides.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/words.h"
#include "compiler/history/replay.h"

namespace schemac {
namespace {

std::set<std::size_t> KnownTo(const History& history, std::size_t head) {
  const RevisionPath path = *history.Path(std::nullopt, head);
  return {path.begin(), path.end()};
}

RevisionPath Beyond(const History& history, std::size_t head, const std::set<std::size_t>& known) {
  RevisionPath path = *history.Path(std::nullopt, head);
  std::erase_if(path, [&](std::size_t index) { return known.contains(index); });
  return path;
}

bool ReadRevisions(Context& context, const Project& project, const History& history, Side& side) {
  auto revisions = ReadBranch(context, project, history, side.path, side.head);
  auto state = StateAt(history, side.head, context.sources, context.sink, context.analysis);
  if (!revisions || !state) return false;
  side.revisions = *std::move(revisions);
  side.state = *std::move(state);
  return true;
}

// Sets of sides are bits of a number. If each side may come last in every set, and what it then leads to is
// the same, all orders lead to the same.
class Orders {
 public:
  Orders(Context& context, const History& history, const PairStates& pairs, DiagnosticSink& sink)
      : context_(context), history_(history), pairs_(pairs), sink_(sink) {}

  bool Read(const Project& project, const std::vector<std::size_t>& heads) {
    std::set<std::size_t> shared = KnownTo(history_, heads.front());
    for (const std::size_t head : heads) {
      known_.push_back(KnownTo(history_, head));
      std::erase_if(shared, [&](std::size_t index) { return !known_.back().contains(index); });
    }
    for (const std::size_t head : heads) {
      Side side;
      side.head = head;
      side.id = history_.revisions()[head].id;
      side.path = Beyond(history_, head, shared);
      if (!ReadRevisions(context_, project, history_, side)) return false;
      sides_.push_back(std::move(side));
    }
    return true;
  }

  std::optional<schema::Catalog> Run() {
    const std::size_t all = (std::size_t{1} << sides_.size()) - 1;
    states_.resize(all + 1);
    // A set comes after all of its subsets.
    for (std::size_t set = 1; set <= all; ++set) {
      if (!Settle(set)) return std::nullopt;
    }
    return states_[all];
  }

 private:
  static bool Has(std::size_t set, std::size_t side) { return (set >> side & 1U) != 0; }

  bool Settle(std::size_t set) {
    std::vector<std::size_t> members;
    for (std::size_t side = 0; side < sides_.size(); ++side) {
      if (Has(set, side)) members.push_back(side);
    }
    if (members.size() == 1) {
      states_[set] = sides_[members.front()].state;
      return true;
    }
    if (members.size() == 2) {
      states_[set] = pairs_.at({members.front(), members.back()});
      return true;
    }
    return std::ranges::all_of(members, [&](std::size_t last) { return TakesLast(set, last); });
  }

  bool TakesLast(std::size_t set, std::size_t last) {
    const std::size_t rest = set & ~(std::size_t{1} << last);
    Side below;
    below.state = states_[rest];
    std::set<std::size_t> known;
    std::vector<std::string> names;
    for (std::size_t side = 0; side < sides_.size(); ++side) {
      if (!Has(rest, side)) continue;
      known.insert(known_[side].begin(), known_[side].end());
      names.push_back(sides_[side].id);
    }
    below.id = fmt::format("{}", fmt::join(names, " and "));
    const Side above = WithoutKnown(sides_[last], known);
    const std::optional<schema::Catalog> state = OnTop(context_, history_, below, above, sink_);
    if (!state) return false;
    // The first one that comes last says what all of them must lead to.
    if (Has(set, last) && (set & ((std::size_t{1} << last) - 1)) == 0) {
      states_[set] = *state;
    } else if (const std::string difference = FirstDifference(states_[set], *state); !difference.empty()) {
      sink_.Report(Diagnostic(DiagnosticKind::History, Span{},
                              fmt::format("what {} leads to after {} depends on their order; {}", above.id,
                                          below.id, difference)));
      return false;
    }
    return LeadsBack(context_, *state, below, above, sink_);
  }

  static Side WithoutKnown(const Side& side, const std::set<std::size_t>& known) {
    Side rest;
    rest.head = side.head;
    rest.id = side.id;
    for (const BranchRevision& revision : side.revisions) {
      if (known.contains(revision.revision)) continue;
      rest.path.push_back(revision.revision);
      rest.revisions.push_back(revision);
    }
    return rest;
  }

  Context& context_;
  const History& history_;
  const PairStates& pairs_;
  DiagnosticSink& sink_;
  std::vector<std::set<std::size_t>> known_;
  std::vector<Side> sides_;
  std::vector<schema::Catalog> states_;
};

}  // namespace

bool ReadSide(Context& context, const Project& project, const History& history, std::size_t other,
              Side& side) {
  side.id = history.revisions()[side.head].id;
  side.path = Beyond(history, side.head, KnownTo(history, other));
  if (side.path.empty()) {
    return context.Fail(DiagnosticKind::History,
                        fmt::format("{} builds on {} already", history.revisions()[other].id, side.id));
  }
  return ReadRevisions(context, project, history, side);
}

std::optional<schema::Catalog> OnTop(Context& context, const History& history, const Side& below,
                                     const Side& above, DiagnosticSink& sink) {
  std::optional<schema::Catalog> told =
      ApplyOnTop(history, above.path, below.state, context.sources, sink, context.analysis);
  if (!told) return std::nullopt;
  const std::optional<schema::Catalog> done = RunBranch(context, above.revisions, false, below.state, sink);
  if (!done) return std::nullopt;
  const std::string difference = FirstDifference(*done, *told);
  if (difference.empty()) return told;
  sink.Report(Diagnostic(DiagnosticKind::History, Span{},
                         fmt::format("the scripts of {} do something else after those of {}; {}", above.id,
                                     below.id, difference)));
  return std::nullopt;
}

bool LeadsBack(Context& context, const schema::Catalog& both, const Side& stays, const Side& goes,
               DiagnosticSink& sink) {
  const std::optional<schema::Catalog> state = RunBranch(context, goes.revisions, true, both, sink);
  if (!state) return false;
  const std::string difference = FirstDifference(*state, stays.state);
  if (difference.empty()) return true;
  sink.Report(Diagnostic(
      DiagnosticKind::History, Span{},
      fmt::format("the downgrades of {} do not lead back to {}; {}", goes.id, stays.id, difference)));
  return false;
}

std::optional<schema::Catalog> InAnyOrder(Context& context, const Project& project, const History& history,
                                          const std::vector<std::size_t>& heads, const PairStates& pairs,
                                          DiagnosticSink& sink) {
  Orders orders(context, history, pairs, sink);
  if (!orders.Read(project, heads)) return std::nullopt;
  return orders.Run();
}

}  // namespace schemac
