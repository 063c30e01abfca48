// The parts of the catalog query, by subject. Each is a query over the common tables that CatalogQuery()
// begins with and yields (phase, id, sql), several statements with `;` between; the last one a JSON value.
#pragma once

#include <array>
#include <string_view>

namespace schemac::verify {

std::string_view TypesQuery();     // Schemas, extensions, collations, types, sequences.
std::string_view TablesQuery();    // Tables and their parts.
std::string_view RoutinesQuery();  // Routines, views, triggers, policies, rules, statistics.
std::string_view RemarksQuery();   // Comments and privileges.
std::string_view AppliedQuery();  // Which revisions are applied, as [schema, table, [revision, …] or null].

}  // namespace schemac::verify
