#include <map>
#include <set>

#include "compiler/support/check.h"
#include "compiler/support/quote.h"
#include "emitters/postgres/spelling.h"
#include "schema/default_privileges.h"

namespace schemac::emitters::postgres {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::Privilege;

// The privileges of one GRANT: same grantee, same option. PUBLIC sorts first.
using ByGrantee = std::map<std::pair<std::string, bool>, std::set<std::string>>;

template <typename Privileges>
ByGrantee Merge(const Privileges& privileges, bool keep_option) {
  ByGrantee merged;
  for (const Privilege& privilege : privileges) {
    merged[{privilege.grantee, keep_option && privilege.grantable}].insert(privilege.privilege);
  }
  return merged;
}

// The words are SQL keywords (manual, table 5.1); as text of a catalog they are checked here once more.
void WritePrivileges(const std::set<std::string>& privileges, const std::string& column, SqlWriter& sql) {
  bool first = true;
  for (const std::string& privilege : privileges) {
    Check(privilege.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ ") == std::string::npos);
    if (!first) sql.Write(",");
    first = false;
    sql.Sql(privilege);
    if (!column.empty()) sql.NameList({column});
  }
}

// `TABLE t`, `FUNCTION f(integer)`: an object as GRANT names it. For a column, its table.
std::string GrantTarget(const ObjectAddress& address, const schema::Object& object) {
  switch (address.kind) {
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::Column:
      return "TABLE " + QuoteQualified(address.schema, address.name);
    case ObjectKind::Aggregate: {
      const std::string spelled = SpellAddress(address, object);
      return "FUNCTION" + spelled.substr(spelled.find(' '));
    }
    case ObjectKind::Schema:
    case ObjectKind::Extension:
    case ObjectKind::Collation:
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
    case ObjectKind::Sequence:
    case ObjectKind::Function:
    case ObjectKind::Constraint:
    case ObjectKind::Index:
    case ObjectKind::Trigger:
    case ObjectKind::Policy:
    case ObjectKind::Rule:
    case ObjectKind::Statistics:
    case ObjectKind::EventTrigger:
    case ObjectKind::DefaultPrivileges:
    case ObjectKind::SeedRow:
    case ObjectKind::Role:
      break;
    case ObjectKind::Raw: {
      // GRANT has words of its own for foreign tables and servers.
      const std::string spelled = SpellAddress(address, object);
      if (spelled.starts_with("FOREIGN TABLE ")) return spelled.substr(std::string_view("FOREIGN ").size());
      return spelled.starts_with("SERVER ") ? "FOREIGN " + spelled : spelled;
    }
  }
  return SpellAddress(address, object);
}

std::string ColumnOf(const ObjectAddress& address) {
  return address.kind == ObjectKind::Column ? address.member : std::string();
}

// ALTER DEFAULT PRIVILEGES … up to the action.
SqlWriter DefaultsHead(const schema::DefaultPrivileges& defaults) {
  SqlWriter sql;
  sql.Write("ALTER DEFAULT PRIVILEGES");
  if (!defaults.role.empty()) sql.Write("FOR ROLE").Name(defaults.role);
  if (!defaults.schema.empty()) sql.Write("IN SCHEMA").Name(defaults.schema);
  return sql;
}

void WriteObjectClass(const std::string& on, SqlWriter& sql) {
  if (on == "tables") sql.Write("ON TABLES");
  if (on == "sequences") sql.Write("ON SEQUENCES");
  if (on == "functions") sql.Write("ON FUNCTIONS");
  if (on == "types") sql.Write("ON TYPES");
  if (on == "schemas") sql.Write("ON SCHEMAS");
}

void AppendDefaultGrants(const schema::DefaultPrivileges& defaults, const schema::Privileges& privileges,
                         Statements& statements) {
  for (const auto& [grantee, words] : Merge(privileges, true)) {
    SqlWriter sql = DefaultsHead(defaults);
    sql.Write("GRANT");
    WritePrivileges(words, "", sql);
    WriteObjectClass(defaults.on, sql);
    sql.Write("TO");
    WriteRole(grantee.first, sql);
    if (grantee.second) sql.Write("WITH GRANT OPTION");
    statements.push_back(sql.Take());
  }
}

void AppendDefaultRevokes(const schema::DefaultPrivileges& defaults, const schema::Privileges& privileges,
                          Statements& statements) {
  for (const auto& [grantee, words] : Merge(privileges, false)) {
    SqlWriter sql = DefaultsHead(defaults);
    sql.Write("REVOKE");
    WritePrivileges(words, "", sql);
    WriteObjectClass(defaults.on, sql);
    sql.Write("FROM");
    WriteRole(grantee.first, sql);
    statements.push_back(sql.Take());
  }
}

schema::Privileges Without(const schema::Privileges& all, const schema::Privileges& but) {
  schema::Privileges rest;
  for (const Privilege& privilege : all) {
    if (!but.contains(privilege)) rest.insert(privilege);
  }
  return rest;
}

}  // namespace

void WriteRole(const std::string& role, SqlWriter& sql) {
  if (role.empty()) {
    sql.Write("PUBLIC");
  } else if (role == schema::kRunner) {
    sql.Write("CURRENT_USER");
  } else {
    sql.Name(role);
  }
}

Statements SpellGrant(const plan::Grant& step) {
  Statements statements;
  for (const auto& [grantee, privileges] : Merge(step.privileges, true)) {
    SqlWriter sql;
    sql.Write("GRANT");
    WritePrivileges(privileges, ColumnOf(step.address), sql);
    sql.Write("ON").Sql(GrantTarget(step.address, step.object)).Write("TO");
    WriteRole(grantee.first, sql);
    if (grantee.second) sql.Write("WITH GRANT OPTION");
    statements.push_back(sql.Take());
  }
  return statements;
}

Statements SpellRevoke(const plan::Revoke& step) {
  Statements statements;
  for (const auto& [grantee, privileges] : Merge(step.privileges, false)) {
    SqlWriter sql;
    sql.Write("REVOKE");
    WritePrivileges(privileges, ColumnOf(step.address), sql);
    sql.Write("ON").Sql(GrantTarget(step.address, step.object)).Write("FROM");
    WriteRole(grantee.first, sql);
    statements.push_back(sql.Take());
  }
  return statements;
}

Statements AlterDefaultPrivileges(const schema::DefaultPrivileges& from,
                                  const schema::DefaultPrivileges& to) {
  Statements statements;
  AppendDefaultRevokes(to, Without(from.privileges, to.privileges), statements);
  AppendDefaultRevokes(to, Without(to.revoked, from.revoked), statements);
  AppendDefaultGrants(to, Without(from.revoked, to.revoked), statements);
  AppendDefaultGrants(to, Without(to.privileges, from.privileges), statements);
  return statements;
}

}  // namespace schemac::emitters::postgres
