// What two models spell alike and mean alike, found from their texts: to be built once for both.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/analyze/builder.h"
#include "compiler/support/source.h"

namespace schemac::analyze {

struct Alike {
  // Items of the first model that the second has too, and that mention nothing of what follows but by foreign
  // keys of tables that have nothing to do with inheritance.
  std::vector<PlacedItem> common;
  bool in_order = true;  // They stand in the same order in the second.
  // The rest of each model, and all its mixins.
  std::array<std::vector<PlacedItem>, 2> own;
  std::set<std::string> absent;  // The names that `own` declares.
};

// nullopt when most of it differs, or when what differs may change what other items mean without a mention
// (schemas, extensions, ranges). Whatever may be a mention is taken for one.
std::optional<Alike> FindAlike(const std::vector<PlacedItem>& first, const std::vector<PlacedItem>& second,
                               const Sources& sources);

}  // namespace schemac::analyze
