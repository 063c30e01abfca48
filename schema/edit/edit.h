// What the ALTER and DROP statements do to a catalog, once for all front ends (model diffs and SQL). Messages
// of failures are those of PostgreSQL where it has one.
#pragma once

#include <string>
#include <variant>

#include "compiler/support/error_or.h"
#include "schema/catalog.h"
#include "schema/edit/drop.h"

namespace schemac::schema {

// Adds a new object, as CREATE does. Fails when its name is taken or its schema or table is missing. To the
// privileges that the object brings come DefaultPrivilegesOf. A Constraint is added by AddConstraint.
Done Create(Catalog& catalog, Object object);
// What a new object grants: BuiltinPrivileges, changed by the default privileges in the catalog for the role
// that runs the script (manual, ALTER DEFAULT PRIVILEGES).
Privileges DefaultPrivilegesOf(const Catalog& catalog, const ObjectAddress& address);
// To this table only: descendants get theirs by calls of their own.
Done AddColumn(Catalog& catalog, const QualifiedName& table, Column column);
// With the indexes, constraints and statistics that use it (PostgreSQL drops those even without CASCADE) and
// the sequences it owns. Of this table only.
Done DropColumn(Catalog& catalog, const QualifiedName& table, std::string_view column, bool cascade);
// A primary key makes its columns NOT NULL. A constraint without a name gets PostgreSQL's. Whether a foreign
// key finds a key to rest on is not judged (FindReferencedKey tells).
Done AddConstraint(Catalog& catalog, Constraint constraint);

}  // namespace schemac::schema
