// `merge`: two heads become one, when what they do together is well defined.
#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/branch.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/diff_options.h"
#include "compiler/driver/merge_conflicts.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/options.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/slug.h"
#include "compiler/driver/words.h"
#include "compiler/history/replay.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

struct MergeOptions {
  std::vector<std::string> revisions;
  std::string message;
  std::string id;
  std::string winner;
  std::vector<std::string> accepted;
  std::vector<std::string> allowed;
};

struct Side {
  std::size_t head = 0;
  std::string id;
  RevisionPath path;  // Beyond what both sides build on.
  std::vector<BranchRevision> revisions;
  schema::Catalog state;
};

// The first side is the one whose word counts.
struct Pair {
  Side first;
  Side second;
};

std::optional<std::size_t> FindOne(Context& context, const History& history, const std::string& name) {
  const ErrorOr<std::optional<std::size_t>> found = history.Resolve(name);
  if (!found) {
    context.Fail(found.error());
    return std::nullopt;
  }
  if (!*found) context.Fail(DiagnosticKind::History, "base is no revision, so there is nothing to merge");
  return *found;
}

std::optional<std::vector<std::size_t>> Choose(Context& context, const History& history,
                                               const MergeOptions& options) {
  std::vector<std::size_t> chosen;
  for (const std::string& name : options.revisions) {
    const std::optional<std::size_t> one = FindOne(context, history, name);
    if (!one) return std::nullopt;
    chosen.push_back(*one);
  }
  if (chosen.empty()) chosen = history.Heads();
  if (chosen.size() != 2) {
    std::vector<std::string> names;
    for (const std::size_t index : chosen) names.push_back(history.revisions()[index].id);
    context.Fail(
        DiagnosticKind::Usage,
        chosen.size() < 2 ? "a merge takes two revisions"
                          : fmt::format("a merge takes two revisions, and these are {}: {}", chosen.size(),
                                        fmt::join(names, ", ")),
        chosen.size() < 2 ? "\"schemac heads\" lists the heads; there may be one only" : "name two of them");
    return std::nullopt;
  }
  if (!options.winner.empty()) {
    const std::optional<std::size_t> winner = FindOne(context, history, options.winner);
    if (!winner) return std::nullopt;
    if (*winner == chosen[1]) std::swap(chosen[0], chosen[1]);
    if (*winner != chosen[0]) {
      context.Fail(DiagnosticKind::Usage,
                   fmt::format("\"{}\" is none of those that are merged", options.winner));
      return std::nullopt;
    }
  }
  return chosen;
}

bool ReadSide(Context& context, const Project& project, const History& history, std::size_t other,
              Side& side) {
  side.id = history.revisions()[side.head].id;
  const RevisionPath beyond = *history.Path(std::nullopt, other);
  const std::set<std::size_t> known(beyond.begin(), beyond.end());
  side.path = *history.Path(std::nullopt, side.head);
  std::erase_if(side.path, [&](std::size_t index) { return known.contains(index); });
  if (side.path.empty()) {
    return context.Fail(DiagnosticKind::History,
                        fmt::format("{} builds on {} already", history.revisions()[other].id, side.id));
  }
  auto revisions = ReadBranch(context, project, history, side.path, side.head);
  auto state = StateAt(history, side.head, context.sources, context.sink, context.analysis);
  if (!revisions || !state) return false;
  side.revisions = *std::move(revisions);
  side.state = *std::move(state);
  return true;
}

// What comes of one side after the other: the model diffs and the scripts must agree. nullopt, with the
// reason in `sink`, when they fail or do not.
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

// The way back to one side must lead there: the downgrades of the other from what both make.
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

bool IsAccepted(const MergeOptions& options, Conflict::Kind kind) {
  const auto has = [&](const char* word) {
    return std::ranges::find(options.accepted, word) != options.accepted.end();
  };
  switch (kind) {
    case Conflict::Kind::Fails:
      return false;
    case Conflict::Kind::Last:
      return !options.winner.empty();
    case Conflict::Kind::Rows:
      return has("rows");
    case Conflict::Kind::Bodies:
      return has("bodies");
  }
  return false;
}

std::string FixFor(Conflict::Kind kind, const Pair& pair) {
  switch (kind) {
    case Conflict::Kind::Fails:
      return "change one of the two revisions that is not released, so that both can run";
    case Conflict::Kind::Last:
      return fmt::format("say whose word counts: --wins {} or --wins {}", pair.first.id, pair.second.id);
    case Conflict::Kind::Rows:
      return "--accept rows when the order does not matter";
    case Conflict::Kind::Bodies:
      return "--accept bodies when the routine is not called, or mend it in a revision of its own";
  }
  return "";
}

void ReportShared(Context& context, const Comparison& comparison) {
  for (const Shared& shared : comparison.shared) {
    context.Say(fmt::format("both sides change {}{}", shared.object,
                            shared.conflicts ? ", and the order matters" : "; they commute"));
    for (const std::string& line : shared.lines) context.Say("  " + line);
  }
}

void Report(Context& context, const Conflict& conflict, const Pair& pair) {
  context.sink.Report(Diagnostic(DiagnosticKind::History, conflict.left, conflict.message)
                          .Fix(FixFor(conflict.kind, pair))
                          .AddNote(conflict.right, "the other side is here"));
}

// What the two make together, and the states that it has to be reached from.
struct Outcome {
  BothOrders orders;
  schema::Catalog wanted;
};

// Nothing explains it, so what went wrong is told as it was found.
bool FailWith(Context& context, const DiagnosticSink& found, const std::string& message) {
  for (const Diagnostic& diagnostic : found.diagnostics()) context.sink.Report(diagnostic);
  return context.Fail(DiagnosticKind::History, message,
                      "change one of the two revisions that is not released, so that both can run");
}

std::optional<Outcome> JudgePair(Context& context, const History& history, const Pair& pair,
                                 const MergeOptions& options) {
  Outcome outcome;
  DiagnosticSink found;
  outcome.orders.left_first = OnTop(context, history, pair.first, pair.second, found);
  outcome.orders.right_first = OnTop(context, history, pair.second, pair.first, found);
  const Comparison comparison =
      CompareBranches(context.sources, history, pair.first.revisions, pair.second.revisions, outcome.orders);
  ReportShared(context, comparison);
  bool told = false;
  for (const Conflict& conflict : comparison.conflicts) {
    if (IsAccepted(options, conflict.kind)) continue;
    Report(context, conflict, pair);
    told = true;
  }
  if (told) return std::nullopt;
  if (!outcome.orders.left_first || !outcome.orders.right_first) {
    FailWith(context, found, fmt::format("{} and {} cannot both be applied", pair.first.id, pair.second.id));
    return std::nullopt;
  }
  // The last word counts: that of the first side, whose scripts come last here.
  outcome.wanted = *outcome.orders.right_first;
  const std::string difference = FirstDifference(*outcome.orders.left_first, outcome.wanted);
  if (!difference.empty() && options.winner.empty()) {
    context.Fail(DiagnosticKind::History,
                 fmt::format("the order of {} and {} matters; {}", pair.first.id, pair.second.id, difference),
                 FixFor(Conflict::Kind::Last, pair));
    return std::nullopt;
  }
  if (difference.empty()) {
    const bool back = LeadsBack(context, outcome.wanted, pair.first, pair.second, found) &&
                      LeadsBack(context, outcome.wanted, pair.second, pair.first, found);
    if (!back) {
      FailWith(
          context, found,
          fmt::format("{} and {} cannot be undone one without the other", pair.first.id, pair.second.id));
      return std::nullopt;
    }
  }
  return outcome;
}

// The scripts of the merge lead from either order to what is wanted.
bool ProveFromBoth(Context& context, const Outcome& outcome, const NewRevision& revision, const Pair& pair) {
  DiagnosticSink found;
  const std::optional<schema::Catalog> state =
      RunOver(context, fmt::format("upgrade of {}", revision.id), revision.migration.up,
              *outcome.orders.right_first, outcome.wanted, found);
  if (state && FirstDifference(*state, outcome.wanted).empty()) return true;
  return FailWith(context, found,
                  fmt::format("what {} has to do depends on whether {} or {} was applied first", revision.id,
                              pair.first.id, pair.second.id));
}

void Write(Context& context, const Project& project, const History& history, const Pair& pair,
           const Outcome& outcome, const MergeOptions& options) {
  const schema::Catalog& before = *outcome.orders.left_first;
  const ErrorOr<schema::Diff> diff = schema::Compare(before, outcome.wanted, {});
  if (!diff) {
    context.Fail(diff.error());
    return;
  }
  RevisionRequest request;
  request.id = options.id;
  request.message = options.message.empty() ? fmt::format("Merge {} and {}", pair.first.id, pair.second.id)
                                            : options.message;
  request.slug = options.message.empty() ? "merge" : Slugify(options.message);
  request.allowed = options.allowed;
  const std::optional<NewRevision> revision = MakeRevision(
      context, project, history, {pair.first.head, pair.second.head}, request, *diff, before, outcome.wanted);
  if (!revision || !ProveFromBoth(context, outcome, *revision, pair)) return;
  if (!WriteRevision(context, *revision)) return;
  for (const auto& [path, text] : revision->files) context.out << "wrote " << path << "\n";
}

void Merge(Context& context, const MergeOptions& options) {
  if (!CheckAllowed(context, options.allowed)) return;
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  const std::optional<std::vector<std::size_t>> chosen = Choose(context, *history, options);
  if (!chosen) return;
  Pair pair;
  pair.first.head = chosen->front();
  pair.second.head = chosen->back();
  if (!ReadSide(context, *project, *history, pair.second.head, pair.first) ||
      !ReadSide(context, *project, *history, pair.first.head, pair.second)) {
    return;
  }
  const std::optional<Outcome> outcome = JudgePair(context, *history, pair, options);
  if (outcome) Write(context, *project, *history, pair, *outcome, options);
}

}  // namespace

void AddMerge(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("merge", "Bring two branches of the history together");
  auto options = std::make_shared<MergeOptions>();
  command->add_option("revisions", options->revisions, "The two revisions (default: the heads)");
  command->add_option("-m,--message", options->message, "What the merge is, in a few words");
  command->add_option("--id", options->id, "The revision's id (default: the next number and the message)");
  command->add_option("--wins", options->winner, "Whose word counts where both change one thing");
  AddRepeated(*command, "--accept", options->accepted,
              "rows, bodies: the order of statements on rows does not matter; routines are not called")
      ->delimiter(',')
      ->check(CLI::IsMember({"rows", "bodies"}));
  AddRepeated(*command, "--allow", options->allowed, "Hazards to take: drop-table, drop-column, …, or all")
      ->delimiter(',');
  command->callback(
      [&action, options] { action = [options](Context& context) { Merge(context, *options); }; });
}

}  // namespace schemac
