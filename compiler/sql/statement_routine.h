// Routines: their attributes and bodies.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

// The attributes of a routine by name: "as", "language", "volatility", "set search_path", … Flags are "true"
// or "", a setting that is taken back is "".
using RoutineAttributes = std::map<std::string, std::string>;

// From the options of CREATE FUNCTION or the actions of ALTER FUNCTION.
ErrorOr<RoutineAttributes> ReadRoutineAttributes(NodeList options);
// Takes out what says no more than the default (a language's default cost is 1 for C and internal, else 100).
void DropRoutineDefaults(RoutineAttributes& attributes);
// The attributes as SQL, each after a blank: ` LANGUAGE sql STABLE`. Without the body.
std::string SpellRoutineAttributes(const RoutineAttributes& attributes);

// Adds what the bodies of the routines name to their references.
void LinkRoutineBodies(schema::Catalog& catalog);

// A type of a parameter or result; table.column%TYPE is resolved as the server does when the routine is made.
ErrorOr<schema::Type> RoutineType(const Session& session, const PgQuery__TypeName& name);

// The offset of what follows the (dotted) name after the first `keyword` of the statement.
std::size_t BeginAfterName(const Tokens& tokens, std::string_view keyword);

}  // namespace schemac::sql
