// Whether an expression may give another value for each row (manual, 38.7).
#pragma once

#include <string_view>

namespace schemac::sql {

// Whether the expression calls a function that is volatile, or one that PostgreSQL does not bring along: what
// that is declared as cannot be seen from here, and CREATE FUNCTION without a word makes it volatile. What
// does not parse counts as volatile.
bool CallsVolatile(std::string_view expression);

}  // namespace schemac::sql
