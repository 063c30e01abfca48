// The branches that `merge` brings together, each with its own revisions and state, and what comes of one on
// top of others.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/branch.h"
#include "compiler/driver/context.h"
#include "compiler/driver/project.h"
#include "compiler/history/history.h"

namespace schemac {

struct Side {
  std::size_t head = 0;
  std::string id;
  RevisionPath path;  // Beyond what the other sides build on.
  std::vector<BranchRevision> revisions;
  schema::Catalog state;
};

// Everything of a side beyond what `other` builds on. False, with diagnostics, when that is nothing.
bool ReadSide(Context& context, const Project& project, const History& history, std::size_t other,
              Side& side);

// What comes of one side after the other: the model diffs and the scripts must agree. nullopt, with the
// reason in `sink`, when they fail or do not.
std::optional<schema::Catalog> OnTop(Context& context, const History& history, const Side& below,
                                     const Side& above, DiagnosticSink& sink);

// The way back to one side must lead there: the downgrades of the other from what both make.
bool LeadsBack(Context& context, const schema::Catalog& both, const Side& stays, const Side& goes,
               DiagnosticSink& sink);

// What two of the heads make together, by their places in the list, the smaller one first.
using PairStates = std::map<std::pair<std::size_t, std::size_t>, schema::Catalog>;

inline constexpr std::size_t kMostHeads = 6;

// What three to kMostHeads heads make together. Every order must lead there, and from there every one of them
// must be undone by its own downgrades; nullopt, with the reason in `sink`, when not. `pairs` holds what is
// known of two.
std::optional<schema::Catalog> InAnyOrder(Context& context, const Project& project, const History& history,
                                          const std::vector<std::size_t>& heads, const PairStates& pairs,
                                          DiagnosticSink& sink);

}  // namespace schemac
