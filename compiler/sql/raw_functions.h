// The functions that an object kept as SQL is made of: those of an operator class or a cast, the handlers of
// an access method, a foreign-data wrapper or a language; and the columns that a publication is made of.
#pragma once

#include <vector>

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

// Those of the catalog that the statement names; the server's own are left out.
std::vector<schema::ObjectAddress> FunctionsOfRaw(const Session& session, const PgQuery__Node& statement);

// Columns that a publication lists or filters by: their types cannot change under it (manual, ALTER TABLE).
std::vector<schema::ObjectAddress> ColumnsOfPublication(const Session& session,
                                                        const PgQuery__Node& statement);

}  // namespace schemac::sql
