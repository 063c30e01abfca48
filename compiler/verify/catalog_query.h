// One read-only query over the system catalogs of PostgreSQL 12 to 18 (manual, chapter 53) whose answer, a
// JSON object, tells a schema as the statements that make it (catalog_answer.h reads it).
#pragma once

#include <string>

namespace schemac::verify {

// A single SELECT, with comments that tell what to do with the answer. The object has
//
//     schemac_catalog   1, the version of this form
//     server_version    150004
//     search_path       what unqualified names in the statements are looked up in
//     applied           [schema, table, [revision, …]] …: the tables of applied revisions, each in the order
//                       of their times; null instead of a list that may not be read
//     objects           [phase, id or null, statements] …; phases are run in order
//     aliases           [id, id] …: what a dependency may call an object
//     depends           [id, id] …: the first needs the second
//     not_told          what it has no statements for
std::string CatalogQuery();

// The same without what is in the schemas: neither objects nor what follows them.
std::string AppliedRevisionsQuery();

}  // namespace schemac::verify
