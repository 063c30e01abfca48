// Changes as items of a model diff.
#pragma once

#include <string>

#include "emitters/model/item_text.h"
#include "schema/diff/change.h"

namespace schemac::emitters {

// `table t`, `function f(integer)`, `index i on t`: what `drop` and `rename` name. `object` tells procedures
// from functions and materialized views from views; for a column, its table.
std::string SpellTarget(const schema::ObjectAddress& address, const schema::Object& object);

std::string SpellRenameItem(const schema::RenameObject& change, const schema::Object& object);
std::string SpellDropItem(const schema::DropObject& change);

// Lines of `alter table t { … }`, each with its indentation, `;` and line feed.
std::string SpellAddColumn(const schema::AddColumn& change, const schema::Table& table,
                           const ModelContext& context);
std::string SpellDropColumn(const schema::DropColumn& change);
std::string SpellAlterColumn(const schema::AlterColumn& change, const schema::Table& table,
                             const ModelContext& context, std::string& after);
std::string SpellAddPart(const schema::Object& part, bool replace, bool concurrently,
                         const ModelContext& context);
// What ALTER TABLE does for a table's own attributes.
std::string SpellTableAttributes(const schema::Table& from, const schema::Table& to,
                                 const ModelContext& context);

// An object whose address stays: `replace …`, `alter enum …`, comments and grants.
std::string SpellAlterObject(const schema::AlterObject& change, const ModelContext& context,
                             std::string& after);
std::string SpellData(const schema::ChangeData& change);

}  // namespace schemac::emitters
