// GRANT, REVOKE and ALTER DEFAULT PRIVILEGES.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/sql/statements.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::Privilege;
using schema::Privileges;

namespace {

using Names = std::vector<std::string>;

const Names& AllOfTable() {
  static const Names names{"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"};
  return names;
}

// What ALL means on a kind of object (manual, table 5.2).
Names AllPrivileges(const ObjectAddress& address) {
  switch (address.kind) {
    case ObjectKind::Table:
    case ObjectKind::View:
      return AllOfTable();
    case ObjectKind::Column:
      return {"SELECT", "INSERT", "UPDATE", "REFERENCES"};
    case ObjectKind::Sequence:
      return {"USAGE", "SELECT", "UPDATE"};
    case ObjectKind::Schema:
      return {"USAGE", "CREATE"};
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      return {"EXECUTE"};
    case ObjectKind::Raw:
      return address.name.starts_with("foreign table ") ? AllOfTable() : Names{"USAGE"};
    default:
      return {"USAGE"};
  }
}

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

// One change of an access control list: the same privileges, given to or taken from each grantee.
struct Change {
  bool is_grant = true;
  bool grant_option = false;  // WITH GRANT OPTION, or REVOKE GRANT OPTION FOR.
  Names grantees;
};

void Apply(const Change& change, const Names& names, const std::string& owner, Privileges& privileges) {
  for (const std::string& grantee : change.grantees) {
    // An owner holds everything anyway; a catalog lists what others may do.
    if ((!owner.empty() && grantee == owner) || grantee == "current_user" || grantee == "current_role" ||
        grantee == "session_user") {
      continue;
    }
    for (const std::string& name : names) {
      const Privilege plain{grantee, name, false};
      const Privilege grantable{grantee, name, true};
      const bool could_grant = privileges.contains(grantable);
      const bool had = could_grant || privileges.contains(plain);
      privileges.erase(plain);
      privileges.erase(grantable);
      if (change.is_grant) {
        privileges.insert(change.grant_option || could_grant ? grantable : plain);
      } else if (change.grant_option && had) {
        privileges.insert(plain);
      }
    }
  }
}

// The privileges as written: without columns, and those of columns. No list at all is ALL.
struct WrittenPrivileges {
  bool all = false;
  Names names;
  std::vector<std::pair<std::string, Names>> on_columns;  // "ALL" or a name, and its columns.
};

WrittenPrivileges ReadPrivileges(NodeList nodes) {
  WrittenPrivileges written;
  written.all = nodes.empty();
  for (const PgQuery__Node* node : nodes) {
    if (node->node_case != PG_QUERY__NODE__NODE_ACCESS_PRIV) continue;
    const PgQuery__AccessPriv& privilege = *node->access_priv;
    const std::string name = privilege.priv_name[0] == '\0' ? "ALL" : Upper(privilege.priv_name);
    if (privilege.n_cols > 0) {
      written.on_columns.emplace_back(name, StringsOf({privilege.cols, privilege.n_cols}));
    } else if (name == "ALL") {
      written.all = true;
    } else {
      written.names.push_back(name);
    }
  }
  return written;
}

Change ReadChange(const PgQuery__GrantStmt& statement) {
  Change change;
  change.is_grant = statement.is_grant != 0;
  change.grant_option = statement.grant_option != 0;
  for (const PgQuery__Node* node : NodeList{statement.grantees, statement.n_grantees}) {
    change.grantees.push_back(RoleName(node));
  }
  return change;
}

Done ChangeColumn(Session& session, const ObjectAddress& relation, const std::string& column,
                  const Change& change, const Names& names, const std::string& owner) {
  schema::Object* object = session.catalog->FindMutable(relation);
  if (auto* table = std::get_if<schema::Table>(object)) {
    if (schema::Column* found = table->FindColumn(column)) {
      Apply(change, names, owner, found->privileges);
      return Ok();
    }
  } else if (auto* view = std::get_if<schema::View>(object)) {
    Apply(change, names, owner, view->column_privileges[column]);
    if (view->column_privileges[column].empty()) view->column_privileges.erase(column);
    return Ok();
  }
  return ErrorAt(-1, fmt::format("column \"{}\" of relation \"{}\" does not exist", column, relation.name),
                 DiagnosticKind::UnknownColumn);
}

// Taking a privilege from a relation takes it from its columns too (aclchk.c, ExecGrant_Relation).
Done RevokeFromColumns(Session& session, const ObjectAddress& relation, const Change& change,
                       const Names& names, const std::string& owner) {
  schema::Object* object = session.catalog->FindMutable(relation);
  if (auto* table = std::get_if<schema::Table>(object)) {
    for (schema::Column& column : table->columns) Apply(change, names, owner, column.privileges);
  } else if (auto* view = std::get_if<schema::View>(object)) {
    for (auto& [name, privileges] : view->column_privileges) Apply(change, names, owner, privileges);
    std::erase_if(view->column_privileges, [](const auto& entry) { return entry.second.empty(); });
  }
  return Ok();
}

Done ChangeObject(Session& session, const ObjectAddress& address, const WrittenPrivileges& written,
                  const Change& change) {
  const auto owner = session.owners.find(address);
  const std::string owner_name = owner == session.owners.end() ? "" : owner->second;
  const Names names = written.all ? AllPrivileges(address) : written.names;
  const Names possible = AllPrivileges(address);
  for (const std::string& name : names) {
    const bool known = std::ranges::find(possible, name) != possible.end() || name == "MAINTAIN";
    if (!known && address.kind != ObjectKind::Sequence && address.kind != ObjectKind::Raw) {
      return ErrorAt(-1,
                     fmt::format("invalid privilege type {} for {}", name, schema::KindWord(address.kind)));
    }
  }
  Apply(change, names, owner_name, schema::BaseOf(*session.catalog->FindMutable(address)).privileges);
  if (!change.is_grant && !names.empty()) {
    if (auto done = RevokeFromColumns(session, address, change, names, owner_name); !done) return done;
  }
  for (const auto& [name, columns] : written.on_columns) {
    const Names on_column = name == "ALL" ? AllPrivileges({ObjectKind::Column, "", "", ""}) : Names{name};
    for (const std::string& column : columns) {
      if (auto done = ChangeColumn(session, address, column, change, on_column, owner_name); !done)
        return done;
    }
  }
  return Ok();
}

// Whether ALL … IN SCHEMA of that type means the object.
bool IsMeant(const Session& session, PgQuery__ObjectType type, const ObjectAddress& address) {
  const auto* function = session.catalog->Get<schema::Function>(address);
  const bool is_procedure = function != nullptr && function->procedure;
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      return address.kind == ObjectKind::Table || address.kind == ObjectKind::View;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return address.kind == ObjectKind::Sequence;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
      return (function != nullptr && !is_procedure) || address.kind == ObjectKind::Aggregate;
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
      return is_procedure;
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
      return function != nullptr || address.kind == ObjectKind::Aggregate;
    default:
      return false;
  }
}

ErrorOr<std::vector<ObjectAddress>> AllInSchemas(const Session& session,
                                                 const PgQuery__GrantStmt& statement) {
  std::vector<ObjectAddress> addresses;
  for (const PgQuery__Node* node : NodeList{statement.objects, statement.n_objects}) {
    const std::string schema(StringOf(node));
    if (!session.catalog->Has({ObjectKind::Schema, "", schema, ""})) {
      return ErrorAt(-1, fmt::format("schema \"{}\" does not exist", schema), DiagnosticKind::UnknownName);
    }
    for (const auto& [address, object] : session.catalog->objects()) {
      if (address.schema == schema && IsMeant(session, statement.objtype, address))
        addresses.push_back(address);
    }
  }
  return addresses;
}

bool IsOfCatalogSchema(const PgQuery__Node& node) {
  const std::string name = WrittenName(node);
  return name.starts_with("pg_catalog.") || name.starts_with("information_schema.");
}

ErrorOr<std::vector<ObjectAddress>> NamedObjects(const Session& session,
                                                 const PgQuery__GrantStmt& statement) {
  std::vector<ObjectAddress> addresses;
  for (const PgQuery__Node* node : NodeList{statement.objects, statement.n_objects}) {
    if (IsOfCatalogSchema(*node)) return Unsupported(-1, "a privilege on an object of the server");
    if (node->node_case == PG_QUERY__NODE__NODE_RANGE_VAR) {
      if (session.temporary.contains(node->range_var->relname)) continue;
      // GRANT … ON TABLE may name a sequence or a view as well.
      const auto address = LookUpRelation(session, SplitName(*node->range_var));
      if (address) {
        addresses.push_back(*address);
        continue;
      }
      if (auto foreign = ResolveObject(session, PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, *node)) {
        addresses.push_back(*foreign);
        continue;
      }
      return ResolveRelation(session, SplitName(*node->range_var), node->range_var->location).error();
    }
    // A function's GRANT may name aggregates.
    const bool is_function = statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION;
    const auto address = ResolveObject(
        session, is_function ? PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE : statement.objtype, *node);
    if (!address) return address.error();
    addresses.push_back(*address);
  }
  return addresses;
}

// Privileges that are no part of a database's schema.
bool IsOutsideSchema(PgQuery__ObjectType type) {
  return type == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE || type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_PARAMETER_ACL ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_LARGEOBJECT;
}

struct DefaultsOf {
  std::string_view word;  // As the catalog has it.
  ObjectKind kind;
};

DefaultsOf DefaultsClass(PgQuery__ObjectType type) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return {"sequences", ObjectKind::Sequence};
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
      return {"functions", ObjectKind::Function};
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      return {"types", ObjectKind::Enum};
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return {"schemas", ObjectKind::Schema};
    default:
      return {"tables", ObjectKind::Table};
  }
}

void ChangeDefaults(Session& session, const std::string& role, const std::string& schema,
                    const DefaultsOf& defaults, const WrittenPrivileges& written, const Change& change) {
  schema::DefaultPrivileges entry;
  entry.role = role;
  entry.schema = schema;
  entry.on = defaults.word;
  const ObjectAddress address = schema::AddressOf(entry);
  if (const auto* existing = session.catalog->Get<schema::DefaultPrivileges>(address)) entry = *existing;
  const Names names = written.all ? AllPrivileges({defaults.kind, "", "", ""}) : written.names;
  const Privileges builtin = schema.empty() ? schema::BuiltinPrivileges(defaults.kind) : Privileges();
  // The list as the server has it: what is built in and not taken away, and what was granted.
  Privileges effective = entry.privileges;
  std::ranges::set_difference(builtin, entry.revoked, std::inserter(effective, effective.end()));
  Apply(change, names, schema.empty() ? role : "", effective);
  entry.privileges.clear();
  entry.revoked.clear();
  std::ranges::set_difference(effective, builtin, std::inserter(entry.privileges, entry.privileges.end()));
  for (const Privilege& privilege : builtin) {
    const bool kept =
        effective.contains(privilege) || effective.contains({privilege.grantee, privilege.privilege, true});
    if (!kept) entry.revoked.insert(privilege);
  }
  session.catalog->Remove(address);
  if (!entry.privileges.empty() || !entry.revoked.empty()) session.catalog->Put(std::move(entry));
}

}  // namespace

Done Grant(Session& session, const PgQuery__GrantStmt& statement) {
  if (IsOutsideSchema(statement.objtype)) return Ok();
  const auto addresses = statement.targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA
                             ? AllInSchemas(session, statement)
                             : NamedObjects(session, statement);
  if (!addresses) return addresses.error();
  const WrittenPrivileges written = ReadPrivileges({statement.privileges, statement.n_privileges});
  const Change change = ReadChange(statement);
  for (const ObjectAddress& address : *addresses) {
    if (auto done = ChangeObject(session, address, written, change); !done) return done;
  }
  return Ok();
}

Done AlterDefaultPrivileges(Session& session, const PgQuery__AlterDefaultPrivilegesStmt& statement) {
  Names schemas;
  Names roles;
  for (const PgQuery__Node* node : NodeList{statement.options, statement.n_options}) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *node->def_elem;
    if (std::string_view(option.defname) == "schemas") schemas = StringsOf(ListItems(option.arg));
    if (std::string_view(option.defname) != "roles") continue;
    for (const PgQuery__Node* role : ListItems(option.arg)) roles.push_back(RoleName(role));
  }
  for (const std::string& schema : schemas) {
    if (session.catalog->Has({ObjectKind::Schema, "", schema, ""})) continue;
    return ErrorAt(-1, fmt::format("schema \"{}\" does not exist", schema), DiagnosticKind::UnknownName);
  }
  if (schemas.empty()) schemas.emplace_back();
  if (roles.empty()) roles.push_back(session.role);
  const WrittenPrivileges written =
      ReadPrivileges({statement.action->privileges, statement.action->n_privileges});
  const Change change = ReadChange(*statement.action);
  for (std::string& role : roles) {
    if (role == "current_user" || role == "current_role" || role == "session_user") role.clear();
    for (const std::string& schema : schemas) {
      ChangeDefaults(session, role, schema, DefaultsClass(statement.action->objtype), written, change);
    }
  }
  return Ok();
}

}  // namespace schemac::sql
