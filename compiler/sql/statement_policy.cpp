// Row level security policies.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/sql/statements.h"

namespace schemac::sql {

using schema::ObjectKind;
using schema::Policy;
using schema::Table;

namespace {

// Sorted, each once; PUBLIC among them stands for everyone.
std::vector<std::string> RolesOf(NodeList nodes) {
  std::set<std::string> roles;
  for (const PgQuery__Node* node : nodes) {
    std::string role = RoleName(node);
    if (role.empty()) return {};
    roles.insert(std::move(role));
  }
  return {roles.begin(), roles.end()};
}

Done SetExpression(const Session& session, const Table& table, const PgQuery__Node* node,
                   Boxed<schema::Expression>& expression) {
  if (node == nullptr) return Ok();
  auto made = MakeExpression(*node, *session.tokens, ScopeOf(session, &table));
  if (!made) return made.error();
  expression = std::move(*made);
  return Ok();
}

}  // namespace

Done CreatePolicy(Session& session, const PgQuery__CreatePolicyStmt& statement) {
  const auto table = ResolveTable(session, *statement.table);
  if (!table) return table.error();
  Policy policy;
  policy.table = (*table)->name;
  policy.name = statement.policy_name;
  policy.permissive = statement.permissive != 0;
  policy.command = statement.cmd_name;
  policy.roles = RolesOf({statement.roles, statement.n_roles});
  if (auto done = SetExpression(session, **table, statement.qual, policy.using_expression); !done)
    return done;
  if (auto done = SetExpression(session, **table, statement.with_check, policy.with_check); !done)
    return done;
  if (policy.using_expression && policy.command == "insert") {
    return ErrorAt(-1, "only WITH CHECK expression allowed for INSERT");
  }
  if (policy.with_check && (policy.command == "select" || policy.command == "delete")) {
    return ErrorAt(-1, "WITH CHECK cannot be applied to SELECT or DELETE");
  }
  return schema::Create(*session.catalog, std::move(policy));
}

Done AlterPolicy(Session& session, const PgQuery__AlterPolicyStmt& statement) {
  const auto table = ResolveTable(session, *statement.table);
  if (!table) return table.error();
  const auto address = ResolvePart(session, ObjectKind::Policy, (*table)->name, statement.policy_name);
  if (!address) return address.error();
  auto* policy = session.catalog->GetMutable<Policy>(*address);
  if (statement.n_roles > 0) policy->roles = RolesOf({statement.roles, statement.n_roles});
  if (auto done = SetExpression(session, **table, statement.qual, policy->using_expression); !done)
    return done;
  return SetExpression(session, **table, statement.with_check, policy->with_check);
}

}  // namespace schemac::sql
