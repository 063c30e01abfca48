// A schema that exists once for each tenant, compiled under a name that stands for any of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/support/error_or.h"
#include "schema/catalog.h"
#include "schema/diff/change.h"

namespace schemac {

// The name that stands for a tenant's schema. No tenant is called so, and it is quoted wherever it stands as
// a name in SQL.
inline constexpr std::string_view kAnyTenant = "\xEE\x80\x80";  // U+E000.

// The states and the change between them, with the template under the name kAnyTenant.
struct TenantStates {
  schema::Catalog before;
  schema::Catalog after;
  schema::Diff diff;
};
ErrorOr<TenantStates> ForAnyTenant(const schema::Catalog& before, const schema::Catalog& after,
                                   const schema::Diff& diff, const std::string& schema_name);

// SQL text that nobody took apart (bodies of routines, `sql` blocks, `raw` objects): the schema before a dot,
// after SCHEMA or in a search_path becomes kAnyTenant. Fails where the text leaves open whether the schema is
// meant: in a string, or when the name also stands alone, as an alias does.
ErrorOr<std::string> TextForAnyTenant(std::string_view text, const std::string& schema_name);

}  // namespace schemac
