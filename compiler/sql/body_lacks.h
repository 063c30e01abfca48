// Whether the server would refuse the body of a routine when it checks it, since it names what is not there.
#pragma once

#include "schema/catalog.h"

namespace schemac::sql {

// True for a body in SQL that names a relation or a routine which the catalog has not, nor the server by
// itself, or that cannot be parsed: a database keeps such a routine when what it named was dropped after it
// was made, and CREATE FUNCTION makes it again only while check_function_bodies is off
// (fmgr_sql_validator in pg_proc.c). Routines that no one knows are taken to be those of an extension, where
// there is one.
bool BodyLacksNames(const schema::Function& function, const schema::Catalog& catalog);

}  // namespace schemac::sql
