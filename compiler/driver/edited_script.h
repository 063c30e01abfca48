// SQL that somebody edited after it was compiled is judged by what it does, not by its text.
#pragma once

#include <string>

#include "compiler/driver/context.h"
#include "compiler/history/migration.h"
#include "schema/catalog.h"

namespace schemac {

// Why the text, which stands in the file `path`, does not do what the compiled script does between the two
// states; "" when it does. It may say otherwise how the schema changes, but must move the same rows by the
// same statements in the same order: what another statement does to rows cannot be known offline. Comments
// and blanks never count.
std::string EditedDifference(Context& context, const std::string& path, const std::string& text,
                             const Direction& compiled, const schema::Catalog& start,
                             const schema::Catalog& end);

}  // namespace schemac
