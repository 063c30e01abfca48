// Which entries of the table of facts (facts/operations.def) each kind of step is, and what that means for
// its relations.
#pragma once

#include <string>
#include <vector>

#include "compiler/facts/facts.h"
#include "compiler/plan/step.h"

namespace schemac::plan {

// The kind of statement that an action of ALTER TABLE is. Whether a type change rewrites depends on the type
// before, which the action does not hold: `SetColumnType` counts as a rewrite, and whoever knows better
// (columns.cpp) corrects it; so does the nullability behind `SetNotNull` and new primary keys.
facts::Operation OperationOf(const TableAction& action);

// The facts of a step, with the relations it locks.
Facts FactsOf(const Action& action);

// What the statements of hand-written SQL do, one after the other, those inside of DO blocks included: each
// has one relation at most. Names without a schema are taken to be of `public`.
std::vector<Facts> FactsOfStatements(const std::string& sql);

// Adds what dropping a foreign key, by itself or with its table or column, locks beside its own table.
void LockReferenced(const schema::Constraint& dropped, Facts& facts);

}  // namespace schemac::plan
