// Items of a model to objects of a catalog, in passes: what is mentioned before what mentions it. A model is
// one batch; in a model diff, neighbouring `add` items are one.
#pragma once

#include <string>
#include <vector>

#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

struct PlacedItem {
  const ast::Item* item = nullptr;
  std::string schema = "public";  // Of the last `schema x;` before it.
};

void BuildItems(Context& context, const std::vector<PlacedItem>& items);

}  // namespace schemac::analyze
