// Columns and their clauses.
#include "compiler/parse/builder.h"

namespace schemac::parse {

void Builder::Once(bool already_there, const antlr4::ParserRuleContext& context) {
  if (!already_there) return;
  sink_.Report(Diagnostic(DiagnosticKind::SyntaxError, SpanOf(context), "this clause stands twice"));
}

ast::Column Builder::BuildColumn(P::ColumnContext& context) {
  ast::Column column;
  column.name = BuildName(*context.identifier());
  column.type = BuildType(*context.type());
  for (auto* clause : context.columnClause()) BuildColumnClause(*clause, column);
  column.span = SpanOf(context);
  return column;
}

void Builder::BuildColumnClause(P::ColumnClauseContext& context, ast::Column& column) {
  if (context.columnConstraint() != nullptr) {
    column.constraints.Edit().push_back(BuildColumnConstraint(context));
  } else if (context.defaultValue != nullptr) {
    Once(column.default_value.has_value(), context);
    column.default_value = BuildValue(*context.defaultValue);
  } else if (context.backfillValue != nullptr) {
    Once(column.backfill.has_value(), context);
    column.backfill = BuildValue(*context.backfillValue);
  } else if (context.generated != nullptr) {
    Once(column.generated.has_value(), context);
    column.generated = Inside(*context.generated);
  } else if (context.IDENTITY() != nullptr) {
    Once(column.identity.has_value(), context);
    ast::IdentityClause identity;
    identity.always = context.ALWAYS() != nullptr;
    if (context.identityOptions != nullptr) identity.options = Inside(*context.identityOptions);
    column.identity = identity;
  } else if (context.collation != nullptr) {
    Once(column.collation.has_value(), context);
    column.collation = BuildQualifiedName(*context.collation);
  } else if (context.storage != nullptr) {
    Once(column.storage.has_value(), context);
    column.storage = Folded(*context.storage);
  } else if (context.compression != nullptr) {
    Once(column.compression.has_value(), context);
    column.compression = Folded(*context.compression);
  } else if (context.STATISTICS() != nullptr) {
    Once(column.statistics.has_value(), context);
    const antlr4::Token& number = *context.NUMBER()->getSymbol();
    column.statistics = ast::Name{std::string(input_.TextOf(number)), input_.SpanOf(number)};
  } else if (auto* options = context.storageOptions()) {
    Once(!column.options.empty(), context);
    column.options = BuildOptions(*options);
  } else if (auto* was = context.was()) {
    Once(column.was.has_value(), context);
    column.was = BuildWas(was);
  } else {
    Once(column.nullable.has_value(), context);
    column.nullable = context.NOT() == nullptr;
  }
}

}  // namespace schemac::parse
