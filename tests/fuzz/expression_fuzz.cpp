// libFuzzer: an expression, a query or a type that can be read is printed as a text that can be read, and
// that means the same and is printed as itself.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/sql/expression.h"
#include "compiler/sql/interpret.h"
#include "compiler/support/check.h"

namespace {

using namespace schemac;

constexpr std::string_view kState = R"(
  CREATE SCHEMA app;
  CREATE TYPE status AS ENUM ('new', 'open', 'done');
  CREATE TYPE app.pair AS (a int, b text);
  CREATE DOMAIN app.amount AS numeric(10,2) CHECK (VALUE > 0);
  CREATE TABLE e (id integer, name varchar(40), s status, st status[], n numeric(10,2), b boolean, c timestamptz,
    d timestamp, j jsonb, ta text[], i int, sm smallint, bi bigint, u uuid, iv interval, dt date, f float8, r real,
    x text, ch char(3), by bytea, en text, p app.pair, am app.amount);
  CREATE TABLE app."Odd ""t" ("select" int, e int);
  CREATE VIEW app.v AS SELECT id, name FROM e;
  CREATE FUNCTION app.f(a int, b text DEFAULT 'x') RETURNS text LANGUAGE sql AS 'select b';)";

constexpr const char* kTypes[] = {"",         "boolean",       "integer", "text",   "varchar(10)",
                                  "status",   "jsonb",         "json",    "text[]", "timestamptz",
                                  "interval", "numeric(10,2)", "uuid",    "char(3)"};

schema::Catalog MakeState() {
  schema::Catalog catalog = schema::Catalog::Empty();
  Check(static_cast<bool>(sql::InterpretStatements(kState, catalog, {})));
  return catalog;
}

void RequireSame(const ErrorOr<schema::Expression>& first, const ErrorOr<schema::Expression>& again) {
  Check(static_cast<bool>(again));
  Check(*again == *first);
  Check(again->text == first->text);
}

void TryType(std::string_view text, const sql::Scope& scope) {
  const auto type = sql::ParseType(text, scope);
  if (!type) return;
  const auto again = sql::ParseType(schema::FormatType(*type), scope);
  Check(static_cast<bool>(again));
  Check(*again == *type);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const schema::Catalog catalog = MakeState();
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  sql::Scope scope;
  scope.catalog = &catalog;
  if (data[0] == 't') {
    TryType(text, scope);
  } else if (data[0] == 'q') {
    const auto query = sql::ParseQuery(text, scope, nullptr);
    if (query) RequireSame(query, sql::ParseQuery(query->text, scope, nullptr));
  } else {
    const std::string_view type = kTypes[data[0] % std::size(kTypes)];
    scope.table = catalog.FindTable({"public", "e"});
    if (!type.empty()) scope.value_type = *sql::ParseType(type, scope);
    const auto expression = sql::ParseExpression(text, scope);
    if (expression) RequireSame(expression, sql::ParseExpression(expression->text, scope));
  }
  return 0;
}
