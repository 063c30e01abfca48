// What tells one seed row from another: the values of its key columns, as JSON. It is the row's place in
// addresses, wherever the row was read: in a model, or in a script's INSERT, UPDATE or DELETE.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/object.h"

namespace schemac::sql {

// One value: a string, a number, true, false or null; anything else keeps its SQL. Two spellings of one value
// are one key wherever that can be told.
std::string SeedKeyPart(const schema::Expression& value);

// `["admin",1]`
std::string SeedKey(const std::vector<std::string>& parts);

}  // namespace schemac::sql
