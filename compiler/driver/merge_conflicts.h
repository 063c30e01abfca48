// What two branches of the history do to the same things: per object, whether the order matters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/branch.h"
#include "compiler/history/history.h"

namespace schemac {

struct Conflict {
  enum class Kind {
    Fails,   // The scripts of one side fail after those of the other, or what one makes does not work.
    Last,    // Both run, and the last one has its way.
    Rows,    // Whether the order of statements on rows matters cannot be told.
    Bodies,  // The body of a routine names what goes; whether it is called cannot be told.
  };
  Kind kind = Kind::Fails;
  std::string message;
  Span left;
  Span right;
};

// What both sides touch.
struct Shared {
  std::string object;              // `table "tenants"`.
  std::vector<std::string> lines;  // What each side does, with its revision and place.
  bool conflicts = false;
};

struct Comparison {
  std::vector<Conflict> conflicts;
  std::vector<Shared> shared;
};

// The states after both sides; nullopt where the scripts of the second side fail after those of the first.
struct BothOrders {
  std::optional<schema::Catalog> left_first;
  std::optional<schema::Catalog> right_first;
};

Comparison CompareBranches(const Sources& sources, const History& history,
                           const std::vector<BranchRevision>& left, const std::vector<BranchRevision>& right,
                           const BothOrders& states);

}  // namespace schemac
