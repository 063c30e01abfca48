// A database as it was found, made comparable with what a revision says: what no revision speaks of is left
// out.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemac {

struct ComparableOptions {
  std::string ledger_table;  // As in the settings: ours, and no part of the schema.
  bool no_raw = false;       // What was found cannot hold raw blocks.
  bool all_grants = false;   // Grants that nobody expects count.
};

// Removes from `found` the ledger, schemas and extensions that `wanted` does not know, and (platforms grant
// to roles of their own) grants beyond those of `wanted`; takes over what cannot be found in a database. What
// was not compared, each as a short text.
std::vector<std::string> MakeComparable(schema::Catalog& found, const schema::Catalog& wanted,
                                        const ComparableOptions& options);

}  // namespace schemac
