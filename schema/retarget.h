// How addresses and type names follow a rename. Shared by expression.cpp and edit/rename.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/address.h"
#include "schema/expression.h"
#include "schema/type.h"

namespace schemac::schema {

// What `address` is called after `from` was renamed to `to`: itself renamed, a part of a renamed table, an
// inhabitant of a renamed schema, a routine with a renamed type among its arguments. Nullopt when the rename
// does not touch it.
std::optional<ObjectAddress> Retarget(const ObjectAddress& address, const ObjectAddress& from,
                                      const ObjectAddress& to);

// Likewise for a type. False when it stays.
bool RetargetType(Type& type, const ObjectAddress& from, const ObjectAddress& to);

// Likewise for types in text made by FormatType: the identity arguments of a routine ("integer,
// app.status[]"), its result
// ("SETOF app.status", "TABLE(a integer, b app.status)"), its arguments ("a integer, b app.status DEFAULT
// …").
std::string RetargetTypeText(std::string_view text, const ObjectAddress& from, const ObjectAddress& to);

// As RenameInExpression, for the definition of a routine: the body after AS is a string to PostgreSQL and
// does not follow.
void RenameInRoutine(Expression& definition, const ObjectAddress& from, const ObjectAddress& to);

// Byte ranges of the bodies (`AS $$…$$`, `AS 'file', 'symbol'`) in the definition of a routine.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};
std::vector<TextRange> BodiesOfRoutine(std::string_view definition);

}  // namespace schemac::schema
