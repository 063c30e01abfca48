// What the edits refuse, in PostgreSQL's words.
#pragma once

#include <string>
#include <string_view>

#include "compiler/support/error_or.h"
#include "schema/catalog.h"
#include "schema/edit/edit.h"

namespace schemac::schema {

// As PostgreSQL's messages quote names: for people, not for SQL.
std::string Quoted(std::string_view name);

Error Duplicate(std::string message);
Error Unknown(std::string message);
Error Invalid(std::string message);
Error DoesNotExist(const ObjectAddress& address);

// Whether there is what the name of a new object stands in: its schema, or its table.
Done CheckPlace(const Catalog& catalog, const ObjectAddress& address);
// Whether its name is free, also among objects of the other kinds that share its name space; `address` is the
// object's.
Done CheckNames(const Catalog& catalog, const Object& object, const ObjectAddress& address);

}  // namespace schemac::schema
