// DDL as a function on catalogs: what PostgreSQL would have in its catalogs after running the script.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/diagnostic.h"
#include "compiler/support/error_or.h"
#include "schema/catalog.h"

namespace schemac::sql {

struct InterpretOptions {
  std::vector<std::string> search_path{
      "public"};  // `SET search_path` in the script changes it for the rest of the script.
};

// Runs every statement of the source. What is not understood is an error at its place; what changes no schema
// (INSERT, SET, COPY with its data, psql's \restrict lines) is passed over knowingly. After an error in one
// statement the next is still tried, so that one run reports all.
void Interpret(SourceId source, const Sources& sources, schema::Catalog& catalog,
               const InterpretOptions& options, DiagnosticSink& sink);

// One or more statements made by another front end (analyze). Stops at the first error; its offset is into
// `text`.
ErrorOr<std::monostate> InterpretStatements(std::string_view text, schema::Catalog& catalog,
                                            const InterpretOptions& options);

// Adds what the bodies of SQL and PL/pgSQL routines name, as far as it can be told, to their references:
// unspelled, since the server does not rewrite bodies when something is renamed. When all is made: a body may
// name what comes after it. Interpret() does this by itself.
void LinkRoutineBodies(schema::Catalog& catalog);

}  // namespace schemac::sql
