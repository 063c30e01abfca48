// `merge`: several heads become one, when what they do together is well defined.
#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/branch.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/diff_options.h"
#include "compiler/driver/merge_conflicts.h"
#include "compiler/driver/merge_sides.h"
#include "compiler/driver/new_revision.h"
#include "compiler/driver/options.h"
#include "compiler/driver/prove.h"
#include "compiler/driver/slug.h"
#include "compiler/driver/words.h"
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
  std::string format;
};

// The first side is the one whose word counts.
struct Pair {
  Side first;
  Side second;
};

std::vector<std::string> Names(const History& history, const std::vector<std::size_t>& revisions) {
  std::vector<std::string> names;
  for (const std::size_t index : revisions) names.push_back(history.revisions()[index].id);
  return names;
}

std::optional<std::size_t> FindOne(Context& context, const History& history, const std::string& name) {
  const ErrorOr<std::optional<std::size_t>> found = history.Resolve(name);
  if (!found) {
    context.Fail(found.error());
    return std::nullopt;
  }
  if (!*found) context.Fail(DiagnosticKind::History, "base is no revision, so there is nothing to merge");
  return *found;
}

bool CheckCount(Context& context, const History& history, const MergeOptions& options,
                const std::vector<std::size_t>& chosen) {
  const std::set<std::size_t> different(chosen.begin(), chosen.end());
  if (different.size() < 2)
    return context.Fail(DiagnosticKind::Usage, "a merge takes two revisions or more",
                        "\"schemac heads\" lists the heads; there may be one only");
  const std::string names = fmt::format("{}", fmt::join(Names(history, chosen), ", "));
  if (different.size() < chosen.size())
    return context.Fail(DiagnosticKind::Usage, "one of them is named twice: " + names);
  if (chosen.size() > kMostHeads)
    return context.Fail(DiagnosticKind::Usage,
                        fmt::format("{} branches have too many orders to try: {}", chosen.size(), names),
                        fmt::format("name {} of them, and merge again", kMostHeads));
  if (chosen.size() > 2 && !options.winner.empty())
    return context.Fail(
        DiagnosticKind::Usage,
        fmt::format("--wins is between two revisions, and these are {}: {}", chosen.size(), names),
        "merge the two that differ first");
  return true;
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
  if (!CheckCount(context, history, options, chosen)) return std::nullopt;
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

void ReportShared(Context& context, const std::vector<Shared>& all) {
  for (const Shared& shared : all) {
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

// What two make together, and the states that it has to be reached from.
struct Outcome {
  BothOrders orders;
  schema::Catalog wanted;
};

// What `merge` found out and did, for those who read it with a program.
struct MergeReport {
  std::vector<Shared> shared;
  nlohmann::ordered_json conflicts = nlohmann::ordered_json::array();
};

nlohmann::ordered_json PlaceAsJson(const Context& context, const Span& span) {
  if (!span.IsKnown()) return nullptr;
  const LineColumn place = context.sources.Locate(span.source, span.begin);
  return {{"file", context.sources.Get(span.source).name}, {"line", place.line}, {"column", place.column}};
}

const char* WordFor(Conflict::Kind kind) {
  switch (kind) {
    case Conflict::Kind::Fails:
      return "fails";
    case Conflict::Kind::Last:
      return "order";
    case Conflict::Kind::Rows:
      return "rows";
    case Conflict::Kind::Bodies:
      return "bodies";
  }
  return "";
}

nlohmann::ordered_json JsonOf(const Context& context, const Conflict& conflict, const Pair& pair,
                              bool accepted) {
  return {{"kind", WordFor(conflict.kind)},
          {"revisions", {pair.first.id, pair.second.id}},
          {"message", conflict.message},
          {"instead", FixFor(conflict.kind, pair)},
          {"accepted", accepted},
          {"places", {PlaceAsJson(context, conflict.left), PlaceAsJson(context, conflict.right)}}};
}

// Nothing explains it, so what went wrong is told as it was found.
bool FailWith(Context& context, const DiagnosticSink& found, const std::string& message) {
  for (const Diagnostic& diagnostic : found.diagnostics()) context.sink.Report(diagnostic);
  return context.Fail(DiagnosticKind::History, message,
                      "change one of the two revisions that is not released, so that both can run");
}

std::optional<Outcome> JudgePair(Context& context, const History& history, const Pair& pair,
                                 const MergeOptions& options, MergeReport& report) {
  Outcome outcome;
  DiagnosticSink found;
  outcome.orders.left_first = OnTop(context, history, pair.first, pair.second, found);
  outcome.orders.right_first = OnTop(context, history, pair.second, pair.first, found);
  Comparison comparison =
      CompareBranches(context.sources, history, pair.first.revisions, pair.second.revisions, outcome.orders);
  if (options.format == "text") ReportShared(context, comparison.shared);
  std::ranges::move(comparison.shared, std::back_inserter(report.shared));
  bool told = false;
  for (const Conflict& conflict : comparison.conflicts) {
    const bool accepted = IsAccepted(options, conflict.kind);
    report.conflicts.push_back(JsonOf(context, conflict, pair, accepted));
    if (accepted) continue;
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

// The scripts of the merge lead from the other order, too, to what is wanted.
bool ProveFromBoth(Context& context, const Outcome& outcome, const NewRevision& revision,
                   const std::vector<std::string>& names) {
  DiagnosticSink found;
  const std::optional<schema::Catalog> state =
      RunOver(context, fmt::format("upgrade of {}", revision.id), revision.migration.up,
              *outcome.orders.right_first, outcome.wanted, found);
  if (state && FirstDifference(*state, outcome.wanted).empty()) return true;
  return FailWith(context, found,
                  fmt::format("what {} has to do depends on whether {} was applied first", revision.id,
                              fmt::join(names, " or ")));
}

std::string JoinWithAnd(std::vector<std::string> names) {
  const std::string last = names.back();
  names.pop_back();
  return fmt::format("{} and {}", fmt::join(names, ", "), last);
}

std::optional<NewRevision> Write(Context& context, const Project& project, const History& history,
                                 const std::vector<std::size_t>& heads, const Outcome& outcome,
                                 const MergeOptions& options) {
  const schema::Catalog& before = *outcome.orders.left_first;
  const ErrorOr<schema::Diff> diff = schema::Compare(before, outcome.wanted, {});
  if (!diff) {
    context.Fail(diff.error());
    return std::nullopt;
  }
  const std::vector<std::string> names = Names(history, heads);
  RevisionRequest request;
  request.id = options.id;
  request.message = options.message.empty() ? "Merge " + JoinWithAnd(names) : options.message;
  request.slug = options.message.empty() ? "merge" : Slugify(options.message);
  request.allowed = options.allowed;
  std::optional<NewRevision> revision =
      MakeRevision(context, project, history, heads, request, *diff, before, outcome.wanted);
  if (!revision || !ProveFromBoth(context, outcome, *revision, names) || !WriteRevision(context, *revision))
    return std::nullopt;
  return revision;
}

// Every two of them, and then all.
std::optional<Outcome> JudgeAll(Context& context, const Project& project, const History& history,
                                const std::vector<std::size_t>& heads, const MergeOptions& options,
                                MergeReport& report) {
  PairStates pairs;
  std::optional<Outcome> outcome;
  bool clean = true;
  for (std::size_t left = 0; left < heads.size(); ++left) {
    for (std::size_t right = left + 1; right < heads.size(); ++right) {
      Pair pair;
      pair.first.head = heads[left];
      pair.second.head = heads[right];
      if (!ReadSide(context, project, history, pair.second.head, pair.first) ||
          !ReadSide(context, project, history, pair.first.head, pair.second)) {
        return std::nullopt;
      }
      outcome = JudgePair(context, history, pair, options, report);
      clean = clean && outcome;
      if (outcome) pairs.insert_or_assign({left, right}, outcome->wanted);
    }
  }
  if (!clean) return std::nullopt;
  if (heads.size() == 2) return outcome;
  DiagnosticSink found;
  const std::optional<schema::Catalog> state = InAnyOrder(context, project, history, heads, pairs, found);
  if (!state) {
    FailWith(
        context, found,
        fmt::format("every two of {} go together, but not all of them", JoinWithAnd(Names(history, heads))));
    return std::nullopt;
  }
  return Outcome{{*state, *state}, *state};
}

void PrintJson(Context& context, const std::vector<std::string>& heads, const MergeReport& report,
               const std::optional<NewRevision>& revision) {
  nlohmann::ordered_json shared = nlohmann::ordered_json::array();
  for (const Shared& one : report.shared)
    shared.push_back({{"object", one.object}, {"changes", one.lines}, {"conflicts", one.conflicts}});
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  if (revision) {
    for (const auto& [path, text] : revision->files) files.push_back(path);
  }
  nlohmann::ordered_json json{{"schema_version", 1},           {"heads", heads},      {"shared", shared},
                              {"conflicts", report.conflicts}, {"revision", nullptr}, {"files", files}};
  if (revision) json["revision"] = revision->id;
  context.out << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

void Merge(Context& context, const MergeOptions& options) {
  if (!CheckAllowed(context, options.allowed)) return;
  const std::optional<Project> project = OpenProject(context);
  if (!project) return;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return;
  const std::optional<std::vector<std::size_t>> heads = Choose(context, *history, options);
  if (!heads) return;
  MergeReport report;
  const std::optional<Outcome> outcome = JudgeAll(context, *project, *history, *heads, options, report);
  std::optional<NewRevision> revision;
  if (outcome) revision = Write(context, *project, *history, *heads, *outcome, options);
  if (options.format == "json") {
    PrintJson(context, Names(*history, *heads), report, revision);
  } else if (revision) {
    for (const auto& [path, text] : revision->files) context.out << "wrote " << path << "\n";
  }
}

}  // namespace

void AddMerge(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("merge", "Bring branches of the history together");
  auto options = std::make_shared<MergeOptions>();
  command->add_option("revisions", options->revisions, "The revisions (default: the heads)");
  command->add_option("-m,--message", options->message, "What the merge is, in a few words");
  command->add_option("--id", options->id, "The revision's id (default: the next number and the message)");
  command->add_option("--wins", options->winner, "Whose word counts where both change one thing");
  AddRepeated(*command, "--accept", options->accepted,
              "rows, bodies: the order of statements on rows does not matter; routines are not called")
      ->delimiter(',')
      ->check(CLI::IsMember({"rows", "bodies"}));
  AddRepeated(*command, "--allow", options->allowed, "Hazards to take: drop-table, drop-column, …, or all")
      ->delimiter(',');
  AddFormat(*command, options->format);
  command->callback(
      [&action, options] { action = [options](Context& context) { Merge(context, *options); }; });
}

}  // namespace schemac
