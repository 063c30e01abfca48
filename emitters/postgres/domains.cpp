#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

using schema::Domain;
using schema::DomainConstraint;

void WriteCheck(const DomainConstraint& constraint, SqlWriter& sql) {
  sql.Write("CONSTRAINT").Name(constraint.name).Write("CHECK").Parenthesised(constraint.check.text);
}

SqlWriter Alter(const Domain& domain) {
  SqlWriter sql;
  sql.Write("ALTER").Sql(SpellAddress(schema::AddressOf(domain), domain));
  return sql;
}

void AppendConstraint(const Domain& domain, const DomainConstraint& constraint, Statements& statements) {
  SqlWriter sql = Alter(domain);
  sql.Write("ADD");
  WriteCheck(constraint, sql);
  if (constraint.not_valid) sql.Write("NOT VALID");
  statements.push_back(sql.Take());
}

void AppendComment(const Domain& domain, const DomainConstraint& constraint, Statements& statements) {
  AppendPartComment("CONSTRAINT " + QuoteIdentifier(constraint.name) + " ON " +
                        SpellAddress(schema::AddressOf(domain), domain),
                    constraint.comment, statements);
}

const DomainConstraint* Find(const Domain& domain, const std::string& name) {
  for (const DomainConstraint& constraint : domain.constraints) {
    if (constraint.name == name) return &constraint;
  }
  return nullptr;
}

void AppendConstraintChanges(const Domain& from, const Domain& to, Statements& statements) {
  for (const DomainConstraint& constraint : from.constraints) {
    const DomainConstraint* after = Find(to, constraint.name);
    const bool stays =
        after != nullptr && after->check == constraint.check && (constraint.not_valid || !after->not_valid);
    if (!stays) statements.push_back(Alter(to).Write("DROP CONSTRAINT").Name(constraint.name).Take());
  }
  for (const DomainConstraint& constraint : to.constraints) {
    const DomainConstraint* before = Find(from, constraint.name);
    const bool stays = before != nullptr && before->check == constraint.check &&
                       (before->not_valid || !constraint.not_valid);
    if (!stays) {
      AppendConstraint(to, constraint, statements);
    } else if (before->not_valid && !constraint.not_valid) {
      statements.push_back(Alter(to).Write("VALIDATE CONSTRAINT").Name(constraint.name).Take());
    }
    const std::string former = stays ? before->comment : std::string();
    if (former != constraint.comment) AppendComment(to, constraint, statements);
  }
}

}  // namespace

Statements CreateDomain(const Domain& domain, const SqlStyle& style) {
  SqlWriter sql(style);
  sql.Write("CREATE DOMAIN").Name(domain.name).Write("AS").Type(domain.type);
  if (domain.collation) sql.Write("COLLATE").CatalogName(*domain.collation);
  if (domain.default_value) sql.Write("DEFAULT").Sql(DefaultText(domain.default_value->text));
  if (domain.not_null) sql.Write("NOT NULL");
  for (const DomainConstraint& constraint : domain.constraints) {
    if (constraint.not_valid) continue;  // CREATE DOMAIN cannot say so.
    sql.Break(1);
    WriteCheck(constraint, sql);
  }
  Statements statements{sql.Take()};
  for (const DomainConstraint& constraint : domain.constraints) {
    if (constraint.not_valid) AppendConstraint(domain, constraint, statements);
    if (!constraint.comment.empty()) AppendComment(domain, constraint, statements);
  }
  return statements;
}

Statements AlterDomain(const Domain& from, const Domain& to) {
  Statements statements;
  if (from.default_value != to.default_value) {
    if (to.default_value) {
      statements.push_back(Alter(to).Write("SET DEFAULT").Sql(DefaultText(to.default_value->text)).Take());
    } else {
      statements.push_back(Alter(to).Write("DROP DEFAULT").Take());
    }
  }
  if (from.not_null && !to.not_null) statements.push_back(Alter(to).Write("DROP NOT NULL").Take());
  if (!from.not_null && to.not_null) statements.push_back(Alter(to).Write("SET NOT NULL").Take());
  AppendConstraintChanges(from, to, statements);
  return statements;
}

}  // namespace schemac::emitters::postgres
