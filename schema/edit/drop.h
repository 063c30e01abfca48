// What DROP does to a catalog. Apart from edit.h, whose AddColumn and DropColumn share their names with
// changes (diff/change.h).
#pragma once

#include <variant>

#include "compiler/support/error_or.h"
#include "schema/catalog.h"

namespace schemac::schema {

using Done = ErrorOr<std::monostate>;

// Removes the object and its parts (a table's constraints, indexes, triggers, policies, rules, owned
// sequences). What else depends on it is an error, or goes as well when `cascade`.
Done Drop(Catalog& catalog, const ObjectAddress& address, bool cascade);

}  // namespace schemac::schema
