// Columns that tables have from others: what a statement on the one does to the other.
#pragma once

#include <set>

#include "compiler/plan/work.h"

namespace schemac::plan {

// Columns of children that stay as they are while those of their parents change have to be set again: they
// get a fate of their own.
void EnterOverruled(Work& work);

// Whether the column has such a fate: setting it again reaches its own children as well.
bool IsOverruled(const ColumnFate& fate);

// Where the column of the source comes down from: the tables above that have it and no parent that does, or
// its own.
std::set<schema::QualifiedName> RootsOf(const Work& work, const schema::ObjectAddress& column);

}  // namespace schemac::plan
