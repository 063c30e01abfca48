// DDL as a function on catalogs: what PostgreSQL would have in its catalogs after running the script.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/diagnostic.h"
#include "compiler/support/error_or.h"
#include "schema/catalog.h"

namespace schemac::sql {

// Statements that change no schema: how many of them, by their first word ("INSERT").
using PassedOver = std::map<std::string, std::size_t>;

struct InterpretOptions {
  std::vector<std::string> search_path{
      "public"};  // `SET search_path` in the script changes it for the rest of the script.
  // The role that runs the script, and so owns what it makes until OWNER TO says otherwise.
  std::string owner = "postgres";
  // The state that a script of ours leads to. With it hand-written `raw` objects come and go with their own
  // statements, and what is done to seed rows is read; without it rows are nobody's and passed over.
  const schema::Catalog* destination = nullptr;
  // Statements of `sql` blocks and backfills: what they do to rows is none of the schema's.
  std::vector<std::string> data;
  PassedOver* passed_over = nullptr;  // Counts what is passed over, transaction control aside.
};

// Runs every statement of the source. What is not understood is an error at its place; what changes no schema
// (INSERT, SET, COPY with its data, psql's \restrict lines) is passed over knowingly. A command of psql that
// reads or runs other SQL (\i) is an error. After an error in one statement the next is still tried, so that
// one run reports all.
void Interpret(SourceId source, const Sources& sources, schema::Catalog& catalog,
               const InterpretOptions& options, DiagnosticSink& sink);

// What statements did beside what the catalog shows.
struct Interpreted {
  std::string warning;  // What was taken to change nothing because of who is taken to own things; or "".
};
// One or more statements made by another front end (analyze). Stops at the first error; its offset is into
// `text`.
ErrorOr<Interpreted> InterpretStatements(std::string_view text, schema::Catalog& catalog,
                                         const InterpretOptions& options);

// Adds what only texts name, as far as it can be told, to the references, unspelled: what the bodies of SQL
// and PL/pgSQL routines name, which the server does not rewrite when something is renamed, and the text
// search configurations that literals name. When all is made: a body may name what comes after it.
// Interpret() does this by itself.
void LinkNames(schema::Catalog& catalog);

// A `raw` block that is named as the interpreter names what it keeps as SQL (`operator public.=== (integer,
// integer)`), and has the same way to make it and to take it away, is that object: it is added. False, and
// nothing is done, for any other.
ErrorOr<bool> InterpretRaw(std::string_view name, std::string_view up, std::string_view down,
                           schema::Catalog& catalog, const InterpretOptions& options);

}  // namespace schemac::sql
