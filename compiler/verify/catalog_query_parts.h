// The parts of the catalog query, by subject. Each is a query over the common tables that CatalogQuery()
// begins with and yields (phase, id, sql); statements are joined by `;`.
#pragma once

#include <array>
#include <string_view>

namespace schemac::verify {

std::string_view TypesQuery();     // Schemas, extensions, collations, types, sequences.
std::string_view TablesQuery();    // Tables and their parts.
std::string_view RoutinesQuery();  // Routines, views, triggers, policies, rules, statistics.
std::string_view RemarksQuery();   // Comments and privileges.

}  // namespace schemac::verify
