// From the objects that COMMENT, DROP, ALTER … and GRANT name to addresses of the catalog.
#pragma once

#include <optional>
#include <string>

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

// "table", "foreign-data wrapper": what messages call it.
std::string KindWordOf(PgQuery__ObjectType type);

// Whether objects of that type belong to the cluster, not to a database's schema.
bool IsOutsideSchema(PgQuery__ObjectType type);

// The object that `node` names in a statement about objects of that type (COMMENT ON, DROP): a list of names,
// a String, a TypeName or an ObjectWithArgs, as PostgreSQL's grammar gives it. nullopt when there is none of
// that name; an error when the object could not be one of ours. Objects of the wrong kind ("x" is not a view)
// are errors.
ErrorOr<std::optional<schema::ObjectAddress>> LookUpObject(const Session& session, PgQuery__ObjectType type,
                                                           const PgQuery__Node& node);
// The same, when there must be one: PostgreSQL's "… does not exist" otherwise.
ErrorOr<schema::ObjectAddress> ResolveObject(const Session& session, PgQuery__ObjectType type,
                                             const PgQuery__Node& node);
// The same for statements that give relations as a RangeVar and the rest as a node (ALTER … RENAME, SET
// SCHEMA, OWNER TO).
ErrorOr<std::optional<schema::ObjectAddress>> LookUpObject(const Session& session, PgQuery__ObjectType type,
                                                           const PgQuery__RangeVar* relation,
                                                           const PgQuery__Node* node);

// A part of a table or view by kind and name.
ErrorOr<schema::ObjectAddress> ResolvePart(const Session& session, schema::ObjectKind kind,
                                           const schema::QualifiedName& table, const std::string& name);

// The name as written in a message: `a.b`, `f(integer)`.
std::string WrittenName(const PgQuery__Node& node);

// The types of the input arguments as a function's address has them: "integer, text".
ErrorOr<std::string> IdentityArguments(const Session& session, const PgQuery__ObjectWithArgs& routine);
// The type as it stands in an identity: without modifiers.
std::string IdentityType(schema::Type type);

// The catalog's name of what is kept as Raw: "operator public.=== (integer, integer)", "server s".
ErrorOr<std::string> RawName(const Session& session, PgQuery__ObjectType type, const PgQuery__Node& node);

}  // namespace schemac::sql
