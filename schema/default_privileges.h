// Which ALTER DEFAULT PRIVILEGES apply to which objects.
#pragma once

#include <string_view>

#include "schema/address.h"

namespace schemac::schema {

// In default privileges of the role that runs the script (DefaultPrivileges::role is ""): that role itself as
// a grantee. It owns what it makes, so on no object does such a grant add anything.
inline constexpr std::string_view kRunner = "current_user";

// "tables", "sequences", "functions", "types" or "schemas": the class that objects of the kind fall into, as
// DefaultPrivileges::on has it; "" for kinds that have no default privileges (manual, ALTER DEFAULT
// PRIVILEGES).
std::string_view DefaultPrivilegesClass(ObjectKind kind);

}  // namespace schemac::schema
