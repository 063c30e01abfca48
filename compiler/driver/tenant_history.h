// Which revisions a database's tenants have, told by the answer to the catalog query.
#pragma once

#include <string>

#include "compiler/driver/project.h"
#include "compiler/history/history.h"

namespace schemac {

// Prints, by revision, what stands there: the shared schemas and the tenants, each at the last revisions of
// its table of applied ones. `file` holds the answer to `catalog-query`; `-` is standard input.
void ListTenantHistory(Context& context, const Project& project, const History& history,
                       const std::string& file, bool json);

}  // namespace schemac
