// `alter table t { … }`, and the same for views.
#include "compiler/parse/builder.h"

namespace schemac::parse {

ast::AlterTable Builder::BuildAlterTable(P::AlterTableContext& context) {
  ast::AlterTable alter;
  const antlr4::Token& kind = *(context.TABLE() != nullptr ? context.TABLE() : context.VIEW())->getSymbol();
  alter.kind = {context.TABLE() != nullptr          ? "table"
                : context.MATERIALIZED() != nullptr ? "materialized view"
                                                    : "view",
                input_.SpanOf(kind)};
  alter.table = BuildQualifiedName(*context.qualifiedName());
  for (auto* each : context.tableAction()) {
    if (!IsWhole(*each)) continue;
    if (auto action = BuildTableAction(*each)) alter.actions.push_back(std::move(*action));
  }
  alter.span = SpanOf(context);
  return alter;
}

std::optional<ast::TableAction> Builder::BuildTableAction(P::TableActionContext& context) {
  const Span span = SpanOf(context);
  if (auto* column = context.column()) {
    ast::Column added = BuildColumn(*column);
    added.comment = TakeDocumentation(*context.start);
    return ast::AddMember{std::move(added), false, span};
  }
  if (auto* each = context.member()) {
    std::optional<ast::TableMember> member = BuildMember(*each);
    if (!member) return std::nullopt;
    std::visit(
        [&](auto& value) {
          if constexpr (requires { value.comment; }) value.comment = TakeDocumentation(*context.start);
        },
        *member);
    return ast::AddMember{std::move(*member), context.REPLACE() != nullptr, span};
  }
  if (context.columnAction() != nullptr) return BuildAlterColumn(context);
  if (auto* drop = context.drop()) return BuildDrop(*drop);
  if (auto* rename = context.rename()) return BuildRename(*rename);
  if (auto* comment = context.commentAction()) return BuildSetComment(*comment);
  if (auto* grant = context.grant()) return ast::AddMember{BuildGrant(*grant), false, span};
  P::AlterActionContext& action = *context.alterAction();
  Span text = SpanOf(action);
  // The semicolon is the last token and one byte long; blanks before it are no part of the action.
  text.end =
      action.sqlRun() != nullptr ? SpanOf(*action.sqlRun()).end : input_.SpanOf(*LastBefore(action)).end;
  return ast::AlterAction{{text}, span};
}

ast::AlterColumn Builder::BuildAlterColumn(P::TableActionContext& context) {
  ast::AlterColumn alter;
  alter.column = BuildName(*context.identifier());
  alter.span = SpanOf(context);
  P::ColumnActionContext& action = *context.columnAction();
  if (auto* type = action.type()) {
    ast::AlterColumn::SetType set{BuildType(*type), std::nullopt, std::nullopt, std::nullopt};
    if (auto* collation = action.qualifiedName()) set.collation = BuildQualifiedName(*collation);
    if (auto* conversion = action.conversionRun()) set.using_expression = Text(*conversion);
    if (auto* conversion = action.sqlRun()) set.down_using = Text(*conversion);
    alter.action = set;
  } else if (auto* other = action.otherColumnAction()) {
    alter.action = ast::AlterColumn::Other{Text(*other)};
  } else if (action.DEFAULT() != nullptr) {
    ast::AlterColumn::SetDefault set;
    if (auto* value = action.value()) set.value = BuildValue(*value);
    alter.action = set;
  } else {
    ast::AlterColumn::SetNotNull set;
    set.not_null = action.SET() != nullptr;
    if (auto* value = action.value()) set.backfill = BuildValue(*value);
    alter.action = set;
  }
  return alter;
}

}  // namespace schemac::parse
