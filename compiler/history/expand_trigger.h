// The trigger that keeps two columns equal, whichever of them is written (expand.h).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/history/expand.h"
#include "compiler/plan/plan.h"
#include "compiler/support/error_or.h"

namespace schemac {

// Adds one function and one trigger for all these columns of the table to `between`, and returns the name of
// the trigger. It fires after every other one that may change the row, for those fire by name. Types of the
// schema's own are looked up in the states before and after.
ErrorOr<std::string> AddEqualizer(schema::Catalog& between, const schema::Catalog& before,
                                  const schema::Catalog& after, const schema::QualifiedName& table,
                                  const std::vector<const ExpandedColumn*>& columns,
                                  const sql::InterpretOptions& options);

// The columns that the diff drops though such a trigger has kept another one equal, which stays. `before` is
// the state that the diff leads from.
std::map<schema::ObjectAddress, plan::Options::Keeper> ColumnsKept(const schema::Catalog& before,
                                                                   const schema::Diff& diff);

}  // namespace schemac
