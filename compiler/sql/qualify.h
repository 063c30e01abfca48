// Statements that run under the default search path, whatever schema their names were written for.
#pragma once

#include <string>
#include <string_view>

#include "compiler/sql/expression.h"
#include "compiler/support/error_or.h"

namespace schemac::sql {

// The text with a schema before each name of a relation, type or function that the scope's search path finds
// outside `public`. The rest stays byte for byte. Names of common table expressions stay bare, and so does
// what the scope does not know. Fails where PostgreSQL's own function and another of the name are both there:
// which is meant depends on the arguments.
ErrorOr<std::string> QualifyStatements(std::string_view text, const Scope& scope);

}  // namespace schemac::sql
