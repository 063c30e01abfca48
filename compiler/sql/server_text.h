// Expressions as a server shows them: what pg_get_expr() (ruleutils.c) prints for them, up to casts and
// redundant parentheses, which differ with the way an expression came in.
#pragma once

#include <optional>
#include <string>

#include "schema/expression.h"
#include "schema/type.h"

namespace schemac::sql {

// `(lower(email) = 'x')`. Names stand without their schemas. `type` is that of the column for a default,
// which its constants take. nullopt for what is not shown in one way by all versions and settings:
// subqueries, EXTRACT, constants whose text depends on the time zone.
std::optional<std::string> ServerText(const schema::Expression& expression,
                                      const std::optional<schema::Type>& type = {});

}  // namespace schemac::sql
