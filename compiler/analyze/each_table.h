// The same work on many tables that do not look at each other: on two threads, as if it were done one after
// the other.
#pragma once

#include <functional>
#include <vector>

#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

// Adds something to the table's own objects, and reads nothing that it adds to other tables.
using TableWork = std::function<void(Context& context, TableUnit& table)>;

// Does the work on each of the tables. What comes out is what doing it in their order gives: where that
// cannot be told of what the two threads made apart (something was reported, or both made the same name), it
// is done so.
void DoForEach(Context& context, const std::vector<TableUnit*>& tables, const TableWork& work);

}  // namespace schemac::analyze
