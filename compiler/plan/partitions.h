// Partitions among their siblings. Internal to compiler/plan.
#pragma once

#include "compiler/plan/work.h"

namespace schemac::plan {

// The rows of a partition that goes, or leaves its parent, may be those of one that comes: it makes way
// first.
void OrderSiblings(Work& work);

// The foreign keys of its parents stay with a partition that leaves them: those that none of its next parents
// takes over go after it has left.
void DropLeftForeignKeys(const Work& work, const schema::Table& before, const schema::Table& after,
                         Unit& leave);

}  // namespace schemac::plan
