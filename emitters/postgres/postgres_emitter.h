// Plans as PostgreSQL's SQL.
#pragma once

#include "compiler/plan/step.h"
#include "emitters/statement.h"

namespace schemac::emitters {

// The statements of the plan in its order; several ALTER TABLE actions that follow one another on a table
// become one statement where PostgreSQL does them in one pass. Statements outside a transaction are written
// so that a second run completes the work.
Script EmitPostgres(const plan::Plan& plan);

}  // namespace schemac::emitters
