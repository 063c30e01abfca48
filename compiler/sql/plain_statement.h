// The trees of statements in which nothing is unusual: CREATE TABLE with its columns and constraints, CREATE
// INDEX, ALTER TABLE ADD, enums. They are nearly all there is in a large schema, and PostgreSQL's parser with
// its way through protobuf takes ten times as long for them.
#pragma once

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/arena.h"
#include "compiler/sql/tokens.h"

namespace schemac::sql {

// The very tree that libpg_query gives for the one statement of these tokens, which has no `;`. nullptr for
// anything that this does not know, whatever may be wrong with it.
PgQuery__ParseResult* ReadPlainStatement(const Tokens& tokens, Arena& arena);
// The same for the name of a type as it stands behind a column's name or `::`.
PgQuery__TypeName* ReadPlainType(const Tokens& tokens, Arena& arena);

}  // namespace schemac::sql
