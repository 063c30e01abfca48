// The trigger that keeps two columns equal, whichever of them is written (expand.h).
#pragma once

#include <string>
#include <vector>

#include "compiler/history/expand.h"
#include "compiler/support/error_or.h"

namespace schemac {

// Adds one function and one trigger for all these columns of the table to `between`, and returns the name of
// the trigger. It fires after every other one that may change the row, for those fire by name. Types of the
// schema's own are looked up in the states before and after.
ErrorOr<std::string> AddEqualizer(schema::Catalog& between, const schema::Catalog& before,
                                  const schema::Catalog& after, const schema::QualifiedName& table,
                                  const std::vector<const ExpandedColumn*>& columns,
                                  const sql::InterpretOptions& options);

}  // namespace schemac
