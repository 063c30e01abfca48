// Names for revisions.
#pragma once

#include <string>
#include <string_view>

#include "schema/catalog.h"
#include "schema/diff/change.h"

namespace schemac {

// "add_provisioning_status_to_tenants": what the diff does, for a revision that was given no message.
// "initial" when `before` is empty.
std::string SlugFor(const schema::Diff& diff, const schema::Catalog& before);

// A message as part of a file name: lower case, [a-z0-9_], no longer than 60 bytes; "revision" when nothing
// is left.
std::string Slugify(std::string_view message);

}  // namespace schemac
