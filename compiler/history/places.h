// Where a model diff speaks of an object.
#pragma once

#include <string_view>

#include "compiler/ast/ast.h"
#include "schema/address.h"

namespace schemac {

// The place of the name in the item or action that is about the object, or else in the one about its table;
// the name of the revision when neither is there. Of several the first.
Span PlaceOf(const ast::File& revision, const schema::ObjectAddress& object);
// The `sql` block of that title, or the backfill of that table; the name of the revision when neither is
// there.
Span PlaceOfRows(const ast::File& revision, std::string_view title, const schema::QualifiedName& table);

}  // namespace schemac
