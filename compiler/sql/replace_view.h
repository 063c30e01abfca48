// Whether CREATE OR REPLACE VIEW leads from one view to another.
#pragma once

#include "schema/catalog.h"

namespace schemac::sql {

// PostgreSQL replaces a view that keeps its columns, in name, type, modifiers and collation, or gains columns
// at the end (checkViewTupleDesc in view.c). False as well when the types cannot be told without a server.
// Each view is looked at in the catalog that it belongs to.
bool ReplaceKeepsColumns(const schema::View& before, const schema::Catalog& source, const schema::View& after,
                         const schema::Catalog& target);

}  // namespace schemac::sql
