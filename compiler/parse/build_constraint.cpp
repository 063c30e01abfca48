// Constraints, on a column or on a table.
#include "compiler/parse/builder.h"

namespace schemac::parse {

void Builder::BuildDeferral(P::DeferralContext& context, ast::Constraint& constraint) {
  ast::Deferral& deferral = constraint.deferral;
  if (context.NOT() != nullptr) {
    Once(deferral != ast::Deferral::None, context);
    deferral = ast::Deferral::NotDeferrable;
  } else if (context.DEFERRED() != nullptr) {
    if (deferral == ast::Deferral::NotDeferrable) {
      sink_.Report(Diagnostic(DiagnosticKind::SyntaxError, SpanOf(context),
                              "a constraint that is initially deferred must be deferrable"));
    }
    deferral = ast::Deferral::InitiallyDeferred;
  } else if (context.DEFERRABLE() != nullptr) {
    Once(deferral == ast::Deferral::Deferrable || deferral == ast::Deferral::NotDeferrable, context);
    if (deferral == ast::Deferral::None) deferral = ast::Deferral::Deferrable;
  }
  // INITIALLY IMMEDIATE is what holds when nothing is said.
}

void Builder::BuildCheckAttribute(P::CheckAttributeContext& context, ast::Constraint& constraint) {
  (context.INHERIT() != nullptr ? constraint.no_inherit : constraint.not_valid) = true;
}

void Builder::BuildReferences(P::ReferencesContext& context, ast::Constraint& constraint) {
  ast::ForeignKeyClause clause;
  clause.table = BuildQualifiedName(*context.qualifiedName());
  if (auto* names = context.names()) clause.columns = BuildNames(*names);
  if (auto* actions = context.foreignKeyActions()) clause.actions = Text(*actions);
  constraint.foreign_key = std::move(clause);
  for (auto* tail : context.foreignKeyTail()) {
    if (auto* deferral = tail->deferral()) {
      BuildDeferral(*deferral, constraint);
    } else {
      constraint.not_valid = true;
    }
  }
}

ast::Constraint Builder::BuildColumnConstraint(P::ColumnClauseContext& clause) {
  P::ColumnConstraintContext& context = *clause.columnConstraint();
  ast::Constraint constraint;
  if (auto* name = clause.constraintName()) constraint.name = BuildName(*name->identifier());
  constraint.span = SpanOf(clause);
  if (auto* references = context.references()) {
    constraint.kind = ast::ConstraintKind::ForeignKey;
    BuildReferences(*references, constraint);
  } else if (context.CHECK() != nullptr) {
    constraint.kind = ast::ConstraintKind::Check;
    constraint.check = Inside(*context.parentheses());
    for (auto* attribute : context.checkAttribute()) BuildCheckAttribute(*attribute, constraint);
  } else {
    constraint.kind =
        context.PRIMARY() != nullptr ? ast::ConstraintKind::PrimaryKey : ast::ConstraintKind::Unique;
    if (auto* nulls = context.nullsNotDistinct()) constraint.nulls_not_distinct = nulls->NOT() != nullptr;
    if (auto* options = context.storageOptions()) constraint.options = BuildOptions(*options);
    for (auto* deferral : context.deferral()) BuildDeferral(*deferral, constraint);
  }
  return constraint;
}

void Builder::BuildConstraintIndexClause(P::ConstraintIndexClauseContext& context,
                                         ast::Constraint& constraint) {
  if (auto* include = context.names()) {
    Once(!constraint.include.empty(), context);
    constraint.include = BuildNames(*include);
  } else if (auto* nulls = context.nullsNotDistinct()) {
    constraint.nulls_not_distinct = nulls->NOT() != nullptr;
  } else if (auto* options = context.storageOptions()) {
    Once(!constraint.options.empty(), context);
    constraint.options = BuildOptions(*options);
  } else if (auto* where = context.parentheses()) {
    Once(constraint.where.has_value(), context);
    constraint.where = Inside(*where);
  } else if (context.tablespace != nullptr) {
    Once(constraint.tablespace.has_value(), context);
    constraint.tablespace = BuildName(*context.tablespace);
  } else {
    BuildDeferral(*context.deferral(), constraint);
  }
}

ast::Constraint Builder::BuildTableConstraint(P::TableConstraintContext& context) {
  ast::Constraint constraint;
  if (auto* name = context.constraintName()) constraint.name = BuildName(*name->identifier());
  if (context.name != nullptr) {
    if (constraint.name) {
      sink_.Report(Diagnostic(DiagnosticKind::SyntaxError, SpanOf(*context.name),
                              "the constraint has a name already"));
    }
    constraint.name = BuildName(*context.name);
  }
  constraint.span = SpanOf(context);
  if (auto* columns = context.names()) constraint.columns = BuildNames(*columns);
  if (context.CHECK() != nullptr) {
    constraint.kind = ast::ConstraintKind::Check;
    constraint.check = Inside(*context.parentheses());
    for (auto* attribute : context.checkAttribute()) BuildCheckAttribute(*attribute, constraint);
  } else if (auto* references = context.references()) {
    constraint.kind = ast::ConstraintKind::ForeignKey;
    BuildReferences(*references, constraint);
  } else if (context.EXCLUDE() != nullptr) {
    constraint.kind = ast::ConstraintKind::Exclusion;
    if (context.method != nullptr) constraint.method = BuildName(*context.method);
    for (auto* each : context.exclusionElement()) {
      ast::IndexElement element = BuildIndexElement(*each->indexElement());
      element.exclusion_operator = Text(*each->exclusionOperator());
      element.span = SpanOf(*each);
      constraint.elements.Edit().push_back(std::move(element));
    }
  } else {
    constraint.kind =
        context.PRIMARY() != nullptr ? ast::ConstraintKind::PrimaryKey : ast::ConstraintKind::Unique;
    if (auto* nulls = context.nullsNotDistinct()) constraint.nulls_not_distinct = nulls->NOT() != nullptr;
  }
  for (auto* clause : context.constraintIndexClause()) BuildConstraintIndexClause(*clause, constraint);
  return constraint;
}

}  // namespace schemac::parse
