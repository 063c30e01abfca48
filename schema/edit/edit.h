// What the ALTER and DROP statements do to a catalog, once for all front ends (model diffs and SQL). Messages of failures are
// those of PostgreSQL where it has one.
#pragma once

#include <string>
#include <variant>

#include "compiler/support/error_or.h"
#include "schema/catalog.h"

namespace schemac::schema {

using Done = ErrorOr<std::monostate>;

// Adds a new object. Fails when its name is taken or its schema is missing. With default privileges in the catalog, the object
// gets what they grant (manual, ALTER DEFAULT PRIVILEGES).
Done Create(Catalog& catalog, Object object);
// Removes the object and its parts (a table's constraints, indexes, triggers, policies, rules, owned sequences). What else
// depends on it is an error, or goes as well when `cascade`.
Done Drop(Catalog& catalog, const ObjectAddress& address, bool cascade);
Done AddColumn(Catalog& catalog, const QualifiedName& table, Column column);
// With the indexes and constraints that use it (PostgreSQL drops those even without CASCADE).
Done DropColumn(Catalog& catalog, const QualifiedName& table, std::string_view column, bool cascade);
// A primary key makes its columns NOT NULL.
Done AddConstraint(Catalog& catalog, Constraint constraint);

}  // namespace schemac::schema
