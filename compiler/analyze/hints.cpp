#include "compiler/analyze/hints.h"

#include <fmt/format.h>

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;

void CollectRename(Context& context, const ObjectAddress& address, const ast::Name& was,
                   const Boxed<ast::Name>& table_was) {
  context.CheckName(was);
  ObjectAddress from = address;
  schema::SetOwnName(from, was.text);
  if (table_was && schema::IsTablePart(address.kind)) from.name = table_was->text;
  if (schema::OwnName(from) == schema::OwnName(address)) {
    context.Report(Diagnostic(
        DiagnosticKind::InvalidDefinition, was.span,
        fmt::format("{} cannot have been called what it is called now", schema::Describe(address))));
    return;
  }
  context.intent.renames.push_back({from, address});
}

void CollectBackfill(Context& context, const Namespace& where, const schema::QualifiedName& table,
                     const ast::Name& column, const ValueText& value) {
  const schema::Table* found = context.catalog.FindTable(table);
  const schema::Column* target = found == nullptr ? nullptr : found->FindColumn(column.text);
  if (target == nullptr) return;
  sql::Scope scope = context.ScopeOf(where);
  scope.table = found;
  scope.value_type = target->type;
  auto expression = context.Value(value, scope);
  if (!expression) return;
  context.intent.backfills[{ObjectKind::Column, table.schema, table.name, column.text}] =
      *std::move(expression);
}

void CollectBackfill(Context& context, const Namespace& where, const schema::QualifiedName& table,
                     const ast::Column& column) {
  if (column.backfill) CollectBackfill(context, where, table, column.name, *column.backfill);
}

namespace {

void CollectIndexHints(Context& context, const TableUnit& table, const ast::Index& index) {
  if (!index.was && !index.concurrently) return;
  if (!index.name) {
    context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, index.was ? index.was->span : index.span,
                              index.was ? "an index that has been renamed needs a name"
                                        : "an index that is built concurrently needs a name"));
    return;
  }
  const ObjectAddress address{ObjectKind::Index, table.name.schema, table.name.name, index.name->text};
  if (index.was) CollectRename(context, address, *index.was, table.node->was);
  if (index.concurrently) context.intent.concurrently.insert(address);
}

}  // namespace

void CollectHints(Context& context, const TableUnit& table) {
  if (!table.usable) return;
  const Boxed<ast::Name>& was = table.node->was;
  if (was) CollectRename(context, table.address(), *was);
  for (const MemberUse& use : table.hinted) {
    if (const auto* column = std::get_if<ast::Column>(use.member)) {
      if (column->was) {
        CollectRename(context, {ObjectKind::Column, table.name.schema, table.name.name, column->name.text},
                      *column->was, was);
      }
      CollectBackfill(context, table.where, table.name, *column);
    } else if (const auto* index = std::get_if<ast::Index>(use.member)) {
      CollectIndexHints(context, table, *index);
    }
  }
}

}  // namespace schemac::analyze
