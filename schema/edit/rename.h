// Renaming in place, with everything that refers to the name.
#pragma once

#include "compiler/support/error_or.h"
#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac::schema {

// Gives the object (or column) its new name and re-spells every reference to it, as PostgreSQL does by OID:
// expressions, types, constraints' columns, owned sequences, addresses of table parts. A renamed column keeps
// its name in the output of views that read it (PostgreSQL does the same); in the tables that inherit it, it
// is renamed too. Generated names (t_pkey) stay. Fails when there is no such object or the new name is taken.
// The hidden sequence of an identity column is renamed by its own name, as a Sequence, though it is no object
// of the catalog.
ErrorOr<std::monostate> ApplyRename(Catalog& catalog, const Rename& rename);

// The same for one object that is in no catalog: its own name and what it refers to.
void RenameInObject(Object& object, const Rename& rename);

}  // namespace schemac::schema
