// Compares two catalogs.
#pragma once

#include <string>
#include <vector>

#include "compiler/support/error_or.h"
#include "schema/catalog.h"
#include "schema/diff/change.h"
#include "schema/intent.h"

namespace schemac::schema {

// What differs, in a fixed order. Renames are those of `intent`, plus the ones that lose nothing and that no
// one needs to be asked about: a constraint or an index of the same table that is the same but for its name,
// the sequence of a serial or identity column, the parts of a renamed table. Fails when the intent does not
// fit (a rename from or to nothing, two renames to one name, a cycle of renames).
ErrorOr<Diff> Compare(const Catalog& from, const Catalog& to, const Intent& intent);

// Whether the two are the same to a diff. That a partition's key stood by itself before its parent's took it
// over is no difference: a dump makes every partition so.
bool SaySame(const Object& one, const Object& other);

// Pairs that look like renames no one has confirmed: a dropped and an added table with mostly the same
// columns, a dropped and an added column of one table with the same type, and so on for enums, their labels,
// views, functions, sequences. Each dropped or added object stands in at most one pair. Never acted upon by
// Compare.
std::vector<Rename> LikelyRenames(const Diff& diff);

}  // namespace schemac::schema
