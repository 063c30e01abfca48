// What data statements touch: those of `sql` blocks and backfills, of rules, and of routines whose bodies are
// parsed.
#pragma once

#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/expression.h"
#include "schema/address.h"

namespace schemac::sql {

// The tables, types and columns that the tree of a statement names and the catalog of the scope has. An
// INSERT without a list of columns names as many as it has values. May be one too many, never one too few.
std::vector<schema::ObjectAddress> TouchedBy(const ProtobufCMessage& statement, const Scope& scope);

}  // namespace schemac::sql
