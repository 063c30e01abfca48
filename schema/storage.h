// How values of a type are stored when nothing else is said.
#pragma once

#include <string>

#include "schema/catalog.h"

namespace schemac::schema {

// The TOAST storage that a column of the type has by itself (pg_type.typstorage, manual 53.64): "plain",
// "main" or "extended". A domain has that of its base; types that the catalog does not know (of extensions)
// count as extended.
std::string OwnStorage(const Catalog& catalog, const Type& type);

}  // namespace schemac::schema
