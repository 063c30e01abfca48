// Diffs as functions on catalogs. Law 1: Apply(A, Compare(A, B)) == B and Apply(B, Invert(Compare(A, B))) ==
// A.
#pragma once

#include "compiler/support/error_or.h"
#include "schema/catalog.h"
#include "schema/diff/change.h"

namespace schemac::schema {

// The catalog after the changes. Fails, naming the object, when a change does not fit the catalog.
ErrorOr<Catalog> Apply(Catalog catalog, const Diff& diff);

// The changes that lead back, in their order.
Diff Invert(const Diff& diff);

}  // namespace schemac::schema
