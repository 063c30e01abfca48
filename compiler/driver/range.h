// Ranges of the history as commands take them.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "compiler/history/history.h"

namespace schemac {

// A place in the history; nullopt is base.
using Point = std::optional<std::size_t>;

// `A:B`, or an end alone, whose other end is `start`, the one of the history's ends where the way begins. An
// end that is left out (`A:`, `:B`) is that of the history. A step after the colon counts from what stands
// before it.
ErrorOr<std::pair<Point, Point>> ResolveEnds(const History& history, const std::string& text,
                                             const std::string& start);

}  // namespace schemac
