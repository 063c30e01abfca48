// The answer to the catalog query (catalog_query.h), as SQL that makes what the database holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/error_or.h"

namespace schemac::verify {

struct CatalogAnswer {
  int server_version = 0;  // 150004.
  std::vector<std::string> search_path;
  std::string sql;                    // Statements in an order in which they can run.
  std::vector<std::string> not_told;  // "operator public.===(integer,integer)".
};

// Whether the text is meant as an answer.
bool LooksLikeAnswer(std::string_view text);

// Takes the answer as it comes out of psql or a web editor: bare, as a CSV field, or with a header and a
// count of rows around it. Fails when it was cut off or changed on the way.
ErrorOr<CatalogAnswer> ReadAnswer(std::string_view text);

// A table of applied revisions: one for each tenant, where tenants have schemas of their own.
struct AppliedTable {
  std::string schema;
  std::string name;
  // Its rows in the order of their times; nullopt where the one who asked may not read it.
  std::optional<std::vector<std::string>> revisions;
};
struct AppliedAnswer {
  std::vector<std::string> search_path;
  std::vector<AppliedTable> tables;
};
// What the answer tells of these tables; it may be that of AppliedRevisionsQuery().
ErrorOr<AppliedAnswer> ReadApplied(std::string_view text);

}  // namespace schemac::verify
