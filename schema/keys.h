// When two keys of a table are one for the server.
#pragma once

#include "schema/object.h"

namespace schemac::schema {

// Whether CREATE TABLE makes one index of both, so that the second, a unique constraint, vanishes
// (parse_utilcmd.c, transformIndexConstraints). ALTER TABLE keeps them apart.
bool MakeOneKey(const Constraint& first, const Constraint& second);

}  // namespace schemac::schema
