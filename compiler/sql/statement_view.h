// What makes a view beside CREATE VIEW.
#pragma once

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

// CREATE RULE "_RETURN" AS ON SELECT TO a table DO INSTEAD a query: the table becomes a view. So pg_dump had
// the views that something else of the dump has to come before, up to PostgreSQL 9.6.
Done MakeViewByRule(Session& session, const PgQuery__RuleStmt& rule);

}  // namespace schemac::sql
