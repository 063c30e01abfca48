// Partitions among their siblings. Internal to compiler/plan.
#pragma once

#include "compiler/plan/work.h"

namespace schemac::plan {

// The rows of a partition that goes, or leaves its parent, may be those of one that comes: it makes way
// first.
void OrderSiblings(Work& work);

}  // namespace schemac::plan
