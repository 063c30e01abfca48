// The risks that an author takes by name: `allow drop-column;` in a model diff, `--allow drop-column`.
#pragma once

#include <string>
#include <vector>

namespace schemac::schema {

// Sorted, with "all", which stands for every one of them.
const std::vector<std::string>& HazardNames();

}  // namespace schemac::schema
