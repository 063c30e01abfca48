// SQL fragments to schema::Expression and schema::Type: parsed by PostgreSQL's parser, names resolved against
// a catalog, brought to a canonical form in which spelling does not count.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/error_or.h"
#include "schema/catalog.h"

namespace schemac::sql {

// Where names are looked up.
struct Scope {
  const schema::Catalog* catalog = nullptr;
  std::vector<std::string> search_path{"public"};  // pg_catalog is searched first, always.
  // The table (or domain, with VALUE) whose columns the expression may name; nullptr for none.
  const schema::Table* table = nullptr;
  std::optional<schema::Type>
      value_type;  // The type that the expression must have (a default's column type), if known.
  std::optional<schema::Type> domain_type;  // The type of VALUE in a domain's check.
};

// An expression as it stands after DEFAULT, CHECK, WHERE, USING, GENERATED. Error offsets are into `text`.
// Unknown columns of `scope.table` are errors; unknown functions are not (extensions bring them).
ErrorOr<schema::Expression> ParseExpression(std::string_view text, const Scope& scope);

// `varchar(40)[]`, `app.status`, `serial` is not one. An unknown type is an error, unless an extension of the
// catalog may bring it.
ErrorOr<schema::Type> ParseType(std::string_view text, const Scope& scope);

// A whole query (SELECT, VALUES, WITH), as a view has it. `columns` receives the output names, or nothing
// when `*` of an unknown relation hides them.
ErrorOr<schema::Expression> ParseQuery(std::string_view text, const Scope& scope,
                                       std::vector<std::string>* columns);

// What data statements (an `sql` block, a backfill) touch, and whether they parse: the tables and columns
// that could be resolved.
ErrorOr<std::vector<schema::ObjectAddress>> ReferencesOfStatements(std::string_view text, const Scope& scope);

}  // namespace schemac::sql
