// What comments of an SQL model tell beyond the wanted state, as `was` and `backfill` do in our language:
//
//     CREATE TABLE customers (   -- schemac: was clients
//         phone  text,           -- schemac: was phone_number
//         region text NOT NULL   -- schemac: backfill 'eu'
//     );
#pragma once

#include "compiler/support/diagnostic.h"
#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac::sql {

// Adds the hints of the source, whose statements made (part of) the catalog. A hint is about the statement or
// column that begins last on its line, or, on a line of its own, about the next one. Tables, columns, views,
// types, sequences and indexes take hints; any other place is an error.
void ReadHints(SourceId source, const Sources& sources, const schema::Catalog& catalog,
               schema::Intent& intent, DiagnosticSink& sink);

}  // namespace schemac::sql
