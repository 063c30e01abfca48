// The items of a model diff, each as what it does to the catalog and to the intent. All report what is wrong
// and then leave the catalog as it was.
#pragma once

#include "compiler/analyze/parts.h"
#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

// revision_drop.cpp
void DropTarget(Context& context, const ast::DropItem& drop, const Namespace& where);
// Reports drops of what is needed in the end.
void CheckNothingDangles(Context& context);

// revision_object.cpp
void RenameTarget(Context& context, const ast::RenameItem& rename, const Namespace& where);
void AlterTarget(Context& context, const ast::Target& target, const ast::AlterAction& action,
                 const Namespace& where);
void CommentOn(Context& context, const ast::Target& target, const ast::SetComment& comment,
               const Namespace& where);

// revision_replace.cpp: same address, new definition; comments and privileges stay.
void ReplaceItem(Context& context, const ast::Item& item, const Namespace& where, Span span);
void ReplaceMember(Context& context, const Relation& relation, const ast::TableMember& member, Span span);

// revision_table.cpp
void RunTableAction(Context& context, const ast::AlterTable& alter, const ast::TableAction& action,
                    const Namespace& where);
bool AddColumn(Context& context, const Relation& relation, const ast::Column& column);

// revision_type.cpp: runs the ALTER … TYPE with what depends on the column out of its way.
bool ChangeType(Context& context, const SqlTemplate& sql, const Namespace& where,
                const schema::ObjectAddress& column);

// revision_enum.cpp
void AlterEnumLabels(Context& context, const ast::AlterEnum& alter, std::size_t action,
                     const Namespace& where);

// revision_data.cpp
void AddBackfill(Context& context, const ast::Backfill& backfill, const Namespace& where);
void AddSqlBlock(Context& context, const ast::SqlBlock& block, const Namespace& where);

}  // namespace schemac::analyze
