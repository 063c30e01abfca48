// Values of constants: '01' and '1' are one integer, {"a":1} and { "a": 1 } one jsonb.
#pragma once

#include <string>
#include <string_view>

#include "compiler/sql/type_key.h"

namespace schemac::sql {

// The value in a form that is equal for equal values of that built-in type; the text as it is where the
// type's values are their text, or where it cannot be read as one.
std::string NormalizeLiteral(const TypeKey& type, std::string_view text);

// A jsonb document with its keys sorted (the last of equal keys counts), no blanks, numbers in one spelling;
// nullopt when it is no JSON.
std::optional<std::string> NormalizeJson(std::string_view text);

}  // namespace schemac::sql
