// Which entries of the table of facts (facts/operations.def) each kind of step is, and what that means for
// its relations.
#pragma once

#include "compiler/facts/facts.h"
#include "compiler/plan/step.h"

namespace schemac::plan {

// The kind of statement that an action of ALTER TABLE is. Whether a type change rewrites depends on the type
// before, which the action does not hold: `SetColumnType` counts as a rewrite, and whoever knows better
// (columns.cpp) corrects it; so does the nullability behind `SetNotNull` and new primary keys.
facts::Operation OperationOf(const TableAction& action);

// The facts of a step, with the relations it locks.
Facts FactsOf(const Action& action);

// Adds what dropping a foreign key, by itself or with its table or column, locks beside its own table.
void LockReferenced(const schema::Constraint& dropped, Facts& facts);

}  // namespace schemac::plan
