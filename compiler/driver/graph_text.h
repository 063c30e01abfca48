// The history drawn with letters, oldest first.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/history/history.h"

namespace schemac {

// A line for each of the revisions, which stand in the order of the history, with what `words` says of it,
// and lines between where branches part or meet:
//
//     * 0001_initial
//     |-.
//     * | 0002_phones
//     | * 0003_regions (head)
std::string DrawGraph(const History& history, const std::vector<std::size_t>& revisions,
                      const std::function<std::string(std::size_t)>& words);

}  // namespace schemac
