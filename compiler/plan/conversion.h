// How values get from one type of a column to another.
#pragma once

#include <optional>
#include <string>

#include "schema/catalog.h"

namespace schemac::plan {

// Whether rows have a way from one type to the other: a cast of PostgreSQL's, or a text form that the other
// type can be expected to read. A date has none to integer: the first row would stop the statement.
bool HasConversion(const schema::Type& from, const schema::Type& to);

// The cast that an assignment of `value` (SQL, of type `from`) needs to be one of `to`; nullopt when it needs
// none, or should have none: PostgreSQL cuts what is too long in a cast, and refuses it in an assignment.
// Types of the schema's own are looked up in the states before (`source`) and after (`target`).
std::optional<std::string> CastBetween(const schema::Catalog& source, const schema::Catalog& target,
                                       const std::string& value, const schema::Type& from,
                                       const schema::Type& to);

// What PostgreSQL cuts from values without a word, "the times of day"; "" when it keeps them as they are or
// stops at those that do not fit.
std::string LostByNarrowing(const schema::Type& from, const schema::Type& to);

}  // namespace schemac::plan
