// ALTER TABLE's actions on columns, apart from those on the table.
#pragma once

#include <optional>

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

// Runs the action if it is about a column (ADD, DROP, ALTER COLUMN), on the children too when `recurse`;
// nullopt if it is another one.
std::optional<Done> AlterColumnAction(Session& session, const schema::QualifiedName& table,
                                      const PgQuery__AlterTableCmd& command, bool recurse);

}  // namespace schemac::sql
