// `was` and `backfill`: what a model says beside the state it describes.
#pragma once

#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

// The object at `address` was called `was` before; same schema (for columns and other parts: same table,
// under its own former name if `table_was` tells one).
void CollectRename(Context& context, const schema::ObjectAddress& address, const ast::Name& was,
                   const Boxed<ast::Name>& table_was = std::nullopt);

// What rows that exist get in the column, which is in the catalog.
void CollectBackfill(Context& context, const Namespace& where, const schema::QualifiedName& table,
                     const ast::Column& column);
void CollectBackfill(Context& context, const Namespace& where, const schema::QualifiedName& table,
                     const ast::Name& column, const ValueText& value);

}  // namespace schemac::analyze
