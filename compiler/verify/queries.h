// Read-only queries over the system catalogs of PostgreSQL 12 to 18 (manual, chapter 53) that compare a
// database with facts.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/verify/facts.h"

namespace schemac::verify {

struct Comparison {
  // Also a row for each column, constraint, index, trigger and policy that a table of the facts has beyond
  // them.
  bool unexpected = false;
  // Where facts `revision ID` are looked up: the table in which scripts keep the books, quoted; "" for none.
  std::string ledger_table;
  // The facts from this one on are of another state, and their rows have a larger `n`; 0 for one state.
  std::size_t split = 0;
};

// Common table expressions, without WITH and without a comma at the end. The last one is
//     compared(n, object, aspect, expected, found, ok)
// with a row for each of the facts, in their order; `found` is null for what is missing, `expected` for what
// is unexpected. That there is none of something (a comment, a default) has a row only where it is wrong.
// Expressions are compared without casts, schemas and redundant parentheses.
std::string ComparedTables(const std::vector<Fact>& facts, const Comparison& comparison);

// `SELECT object, expected, found, ok` from `compared`, in words for people; without a row for what is as it
// should be when `differences_only`.
std::string ReportQuery(bool differences_only);

// The differences from `compared` as one JSON object: schema_version, target, ok, differences (a list of
// object, expected, found) and not_compared (a list of texts).
std::string JsonQuery(const std::string& target, const std::vector<std::string>& not_compared);

}  // namespace schemac::verify
