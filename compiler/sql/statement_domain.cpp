// CREATE DOMAIN and ALTER DOMAIN.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/statement_column.h"
#include "compiler/sql/statements.h"
#include "schema/edit/names.h"

namespace schemac::sql {

using schema::Domain;
using schema::DomainConstraint;

namespace {

Done AddCheck(const Session& session, const PgQuery__Constraint& node, Domain& domain) {
  Scope scope = ScopeOf(session);
  scope.domain_type = domain.type;
  auto check = MakeExpression(*node.raw_expr, *session.tokens, scope);
  if (!check) return check.error();
  DomainConstraint constraint;
  constraint.name =
      node.conname[0] != '\0' ? node.conname : schema::ChooseDomainConstraintName(*session.catalog, domain);
  constraint.check = std::move(*check);
  constraint.not_valid = node.skip_validation != 0;
  if (std::ranges::find(domain.constraints, constraint.name, &DomainConstraint::name) !=
      domain.constraints.end()) {
    return ErrorAt(
        node.location,
        fmt::format("constraint \"{}\" for domain \"{}\" already exists", constraint.name, domain.name.name),
        DiagnosticKind::DuplicateName);
  }
  const auto position =
      std::ranges::lower_bound(domain.constraints, constraint.name, {}, &DomainConstraint::name);
  domain.constraints.insert(position, std::move(constraint));
  return Ok();
}

Done SetDefault(const Session& session, const PgQuery__Node* node, Domain& domain) {
  domain.default_value.reset();
  if (node == nullptr || IsNoDefault(session, *node, domain.type)) return Ok();
  auto value = MakeExpression(*node, *session.tokens, DefaultScope(session, domain.type));
  if (!value) return value.error();
  domain.default_value = std::move(*value);
  return Ok();
}

Done ReadConstraint(const Session& session, const PgQuery__Constraint& node, Domain& domain) {
  switch (node.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
      domain.not_null = false;
      return Ok();
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
      domain.not_null = true;
      return Ok();
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
      return SetDefault(session, node.raw_expr, domain);
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      return AddCheck(session, node, domain);
    default:
      return ErrorAt(node.location, "this constraint is not possible for domains");
  }
}

Done OnConstraint(const PgQuery__AlterDomainStmt& statement, Domain& domain) {
  const auto found =
      std::ranges::find(domain.constraints, std::string_view(statement.name), &DomainConstraint::name);
  if (found == domain.constraints.end()) {
    if (statement.missing_ok) return Ok();
    return ErrorAt(
        -1,
        fmt::format("constraint \"{}\" of domain \"{}\" does not exist", statement.name, domain.name.name),
        DiagnosticKind::UnknownName);
  }
  if (statement.subtype[0] == 'X') {
    domain.constraints.erase(found);
  } else {
    found->not_valid = false;
  }
  return Ok();
}

}  // namespace

Done CreateDomain(Session& session, const PgQuery__CreateDomainStmt& statement) {
  const auto name = NameForNew(session, SplitName({statement.domainname, statement.n_domainname}));
  if (!name) return name.error();
  Domain domain;
  domain.name = *name;
  auto type = MakeType(*statement.type_name, ScopeOf(session));
  if (!type) return type.error();
  domain.type = *type;
  auto collation = CollationOf(session, statement.coll_clause, domain.type);
  if (!collation) return collation.error();
  domain.collation = *collation;
  for (const PgQuery__Node* node : NodeList{statement.constraints, statement.n_constraints}) {
    if (node->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) continue;
    if (auto read = ReadConstraint(session, *node->constraint, domain); !read) return read;
  }
  return schema::Create(*session.catalog, std::move(domain));
}

Done AlterDomain(Session& session, const PgQuery__AlterDomainStmt& statement) {
  const auto address = ResolveType(session, SplitName({statement.type_name, statement.n_type_name}));
  if (!address) return address.error();
  auto* domain = session.catalog->GetMutable<Domain>(*address);
  if (domain == nullptr) return ErrorAt(-1, fmt::format("{} is not a domain", address->name));
  switch (statement.subtype[0]) {
    case 'T':
      return SetDefault(session, statement.def, *domain);
    case 'N':
      domain->not_null = false;
      return Ok();
    case 'O':
      domain->not_null = true;
      return Ok();
    case 'C':
      return AddCheck(session, *statement.def->constraint, *domain);
    case 'X':
    case 'V':
      return OnConstraint(statement, *domain);
    default:
      return Unsupported(-1, "this action of ALTER DOMAIN");
  }
}

}  // namespace schemac::sql
