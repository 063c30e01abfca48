// Indexes of partitioned tables that not all partitions have. Internal to compiler/plan.
#pragma once

#include "compiler/plan/work.h"

namespace schemac::plan {

// Whether the index of a partitioned table lacks those of some partitions in the target: it is made ON ONLY
// the table, and takes over those that there are by statements of their own.
bool StaysOnly(const Work& work, const schema::Index& index);
void AttachToIncompleteIndexes(Work& work);

}  // namespace schemac::plan
