// What the statement interpreter takes from PostgreSQL's parse trees: expressions, types, queries and whole
// definitions as values of schema/. Only files in compiler/sql include this header.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/expression.h"
#include "compiler/sql/tokens.h"
#include "compiler/support/error_or.h"
#include "schema/catalog.h"

namespace schemac::sql {

// In all of these `tokens` are those of the text that the tree was parsed from (one statement's tokens are
// enough), so that node locations are offsets into `tokens.source()`. Offsets of errors are into it too.

// An expression node. The text is the author's slice, without outer parentheses and comments; where no slice
// can be found that means the same, the text is libpg_query's own spelling.
ErrorOr<schema::Expression> MakeExpression(const PgQuery__Node& node, const Tokens& tokens,
                                           const Scope& scope);

// A type name. `serial` and its like are not types: see SerialType. Unknown types are errors
// (DiagnosticKind::UnknownType), unless an extension of the catalog may bring them.
ErrorOr<schema::Type> MakeType(const PgQuery__TypeName& name, const Scope& scope);

// "smallint", "integer" or "bigint" when the name is one of the pseudo types serial, bigserial, …; else "".
std::string SerialType(const PgQuery__TypeName& name);

// The query of a view: a SelectStmt node whose text is [begin, end) of the source. `columns` (may be null)
// receives the output names, or nothing when they cannot be known. `names`, a view's column list, replace the
// first ones.
ErrorOr<schema::Expression> MakeQuery(const PgQuery__Node& select, const Tokens& tokens, std::size_t begin,
                                      std::size_t end, const Scope& scope, std::vector<std::string>* columns,
                                      const std::vector<std::string>& names = {});

// The statement `statement` (CREATE FUNCTION, TRIGGER, RULE, AGGREGATE, STATISTICS, EVENT TRIGGER, an
// operator …), of which [begin, end) is kept as text: usually what follows its own name. The canonical form
// is that of the whole tree without its own name and OR REPLACE. Tables, types, functions and the columns of
// `scope.table` inside become references; what cannot be resolved stays as written.
ErrorOr<schema::Expression> MakeDefinition(const PgQuery__Node& statement, const Tokens& tokens,
                                           std::size_t begin, std::size_t end, const Scope& scope);

// Names of nodes: a String node's text, or "".
std::string_view StringOf(const PgQuery__Node& node);
// A list of String nodes (a dotted name) as its parts.
std::vector<std::string> NameParts(PgQuery__Node* const* nodes, std::size_t count);

// Where a relation, type or function of that (perhaps unqualified) name is, seen along the search path;
// nullopt if there is none.
std::optional<schema::ObjectAddress> ResolveRelation(std::string_view schema, std::string_view name,
                                                     const Scope& scope);
std::optional<schema::ObjectAddress> ResolveType(std::string_view schema, std::string_view name,
                                                 const Scope& scope);
// A function by name and, when several have it, by its identity argument types ("integer, text").
std::optional<schema::ObjectAddress> ResolveFunction(std::string_view schema, std::string_view name,
                                                     const std::optional<std::string>& identity_arguments,
                                                     const Scope& scope);
// All functions of that name, where one is first found along the search path.
std::vector<schema::ObjectAddress> ResolveOverloads(std::string_view schema, std::string_view name,
                                                    const Scope& scope);

// The expression in PostgreSQL's own spelling, for nodes without a source; "" when it cannot be said.
std::string Deparse(const PgQuery__Node& node);

}  // namespace schemac::sql
