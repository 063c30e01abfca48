// What stands under types that a schema makes of others.
#pragma once

#include "schema/catalog.h"

namespace schemac::schema {

// The type that a domain stands on, through domains on domains, with its modifiers; any other type as it is.
// An array of a domain is no domain, and one over an array gives that array.
Type WithoutDomains(const Catalog& catalog, Type type);

}  // namespace schemac::schema
