// What each kind of step costs and risks on a server: the one table of locks, rewrites, scans and losses.
#pragma once

#include "compiler/plan/step.h"

namespace schemac::plan {

// The facts of one action of ALTER TABLE, without the names of relations.
struct ActionFacts {
  LockMode lock = LockMode::AccessExclusive;
  bool rewrites = false;
  bool scans = false;
  bool loses_data = false;
  const char* hazard = "";
};
ActionFacts FactsOf(const TableAction& action);

// The facts of a step, with the relations it locks. Whether a type change rewrites depends on the type
// before, which the action does not hold: `SetColumnType` counts as a rewrite, and whoever knows better
// (columns.cpp) corrects it.
Facts FactsOf(const Action& action);

// Adds what dropping a foreign key, by itself or with its table or column, locks beside its own table.
void LockReferenced(const schema::Constraint& dropped, Facts& facts);

}  // namespace schemac::plan
