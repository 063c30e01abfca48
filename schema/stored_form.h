// Expressions that mean the same and yet are not stored alike. `status IN ('a', 'b')` of a varchar column is
// kept by the server as a cast of the whole array to text[]; the text that pg_dump prints of it,
// `(status)::text = ANY ((ARRAY['a'::character varying, …])::text[])`, as a cast of each element when it is
// run (transformTypeCast in parse_expr.c). So no dump of such a database is, to the letter, its source, and
// the canonical form marks what the server adds in such places: marks are no difference, unless they are
// asked for. `now() AT TIME ZONE 'utc'` and `timezone('utc', now())` are one call too, stored with the way in
// which to show it, and are marked likewise.
#pragma once

#include <string>

#include "schema/catalog.h"

namespace schemac::schema {

// Stands in a canonical form where the server keeps a cast from one string type to another, or shows a call
// in SQL's own syntax.
inline constexpr char kStoredCastMark = '\x04';
// Stands at the end of one whose marks count.
inline constexpr char kExactMark = '\x05';

// The canonical form without marks.
std::string WithoutStoredCasts(std::string canonical);
// As Expression::operator== compares them.
bool SameCanonical(const std::string& left, const std::string& right);

// From now on the expressions of these two states that mean the same and are not stored alike differ: those
// of views, constraints, indexes, policies, triggers, rules and column defaults. A generated column or
// partition key could not be stored otherwise without making the table anew, so there it stays no difference.
void TellStoredFormsApart(Catalog& from, Catalog& to);

}  // namespace schemac::schema
