// GRANT, REVOKE and ALTER DEFAULT PRIVILEGES.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_sequence.h"
#include "compiler/sql/statements.h"
#include "compiler/support/characters.h"
#include "schema/default_privileges.h"

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

// One change of an access control list: the same privileges, given to or taken from each grantee.
struct Change {
  bool is_grant = true;
  bool grant_option = false;  // WITH GRANT OPTION, or REVOKE GRANT OPTION FOR.
  Names grantees;
};

// Where a list of privileges stands: an object, or a column of it.
struct Target {
  ObjectAddress object;
  std::string column;
  std::optional<ObjectAddress> part_of;  // Whose owner is its owner, when that is another object.

  [[nodiscard]] const ObjectAddress& owned() const { return part_of ? *part_of : object; }
};

const std::string& RunnerOf(const Session& session) {
  return session.role.empty() ? session.owner : session.role;
}

// It belongs to a role of the server's own (manual, 5.9.4).
bool IsPublicSchema(const ObjectAddress& address) {
  return address.kind == ObjectKind::Schema && address.name == "public";
}

std::string OwnerOf(const Session& session, const ObjectAddress& address) {
  const auto told = session.owners.find(address);
  if (told != session.owners.end()) return told->second;
  if (IsPublicSchema(address)) return "pg_database_owner";
  return RunnerOf(session);
}

// An owner holds everything to begin with, so a catalog lists what others may do. Server and dumps agree: an
// access control list that says of the owner what is so by default is none.
void ChangeOwnersOwn(Session& session, const Target& target, const Change& change, const Names& names) {
  Session::Taken& taken = session.taken[{target.object, target.column}];
  bool restores = false;
  for (const std::string& name : names) {
    if (change.is_grant) {
      restores = taken.privileges.erase(name) > 0 || restores;
    } else if (!change.grant_option && target.column.empty()) {
      taken.privileges.insert(name);
      taken.place = session.place;
    }
  }
  const bool is_told = session.owners.contains(target.owned()) || IsPublicSchema(target.owned());
  if (change.is_grant && !restores && !is_told && !session.granted_to_owner) {
    session.granted_to_owner = {RunnerOf(session), session.place};
  }
}

void Apply(const Change& change, const Names& names, const std::string& grantee, Privileges& privileges) {
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

void Apply(Session& session, const Target& target, const Change& change, const Names& names,
           Privileges& privileges) {
  const std::string owner = OwnerOf(session, target.owned());
  for (const std::string& grantee : change.grantees) {
    if (grantee == owner) {
      ChangeOwnersOwn(session, target, change, names);
    } else {
      Apply(change, names, grantee, privileges);
    }
  }
}

void Apply(Session& session, const Target& target, const Change& change, const Names& names,
           Rare<Privileges>& privileges) {
  Privileges changed = *privileges;
  Apply(session, target, change, names, changed);
  privileges = std::move(changed);
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

bool MeansRunner(const std::string& role) {
  return role == "current_user" || role == "current_role" || role == "session_user";
}

Change ReadChange(const Session& session, const PgQuery__GrantStmt& statement) {
  Change change;
  change.is_grant = statement.is_grant != 0;
  change.grant_option = statement.grant_option != 0;
  for (const PgQuery__Node* node : NodeList{statement.grantees, statement.n_grantees}) {
    const std::string role = RoleName(node);
    change.grantees.push_back(MeansRunner(role) ? RunnerOf(session) : role);
  }
  return change;
}

Done ChangeColumn(Session& session, const ObjectAddress& relation, const std::string& column,
                  const Change& change, const Names& names) {
  const Target target{relation, column, {}};
  schema::Object* object = session.catalog->FindMutable(relation);
  if (auto* table = std::get_if<schema::Table>(object)) {
    if (schema::Column* found = table->FindColumn(column)) {
      Apply(session, target, change, names, found->privileges);
      return Ok();
    }
  } else if (auto* view = std::get_if<schema::View>(object)) {
    std::map<std::string, Privileges>& of_columns = view->column_privileges.Edit();
    Apply(session, target, change, names, of_columns[column]);
    if (of_columns[column].empty()) of_columns.erase(column);
    return Ok();
  }
  return ErrorAt(-1, fmt::format("column \"{}\" of relation \"{}\" does not exist", column, relation.name),
                 DiagnosticKind::UnknownColumn);
}

// Taking a privilege from a relation takes it from its columns too (aclchk.c, ExecGrant_Relation).
void RevokeFromColumns(Session& session, const ObjectAddress& relation, const Change& change,
                       const Names& names) {
  schema::Object* object = session.catalog->FindMutable(relation);
  if (auto* table = std::get_if<schema::Table>(object)) {
    for (schema::Column& column : table->columns)
      Apply(session, {relation, column.name, {}}, change, names, column.privileges);
  } else if (auto* view = std::get_if<schema::View>(object)) {
    std::map<std::string, Privileges>& of_columns = view->column_privileges.Edit();
    for (auto& [name, privileges] : of_columns)
      Apply(session, {relation, name, {}}, change, names, privileges);
    std::erase_if(of_columns, [](const auto& entry) { return entry.second.empty(); });
  }
}

// GRANT … ON TABLE leaves out what no sequence has, with a warning (aclchk.c, ExecGrant_Relation).
Names OfSequence(const WrittenPrivileges& written) {
  Names names = AllPrivileges({ObjectKind::Sequence, "", "", ""});
  if (!written.all)
    std::erase_if(names, [&](const std::string& name) {
      return std::ranges::find(written.names, name) == written.names.end();
    });
  return names;
}

Done ChangeIdentity(Session& session, const ObjectAddress& column, const WrittenPrivileges& written,
                    const Change& change) {
  if (!written.on_columns.empty()) return Unsupported(-1, "a privilege on a column of a sequence");
  schema::Identity& identity = IdentityAt(session, column);
  const Target target{{ObjectKind::Sequence, column.schema, identity.sequence_name, ""},
                      "",
                      TableAddress(column.qualified())};
  Apply(session, target, change, OfSequence(written), identity.privileges);
  return Ok();
}

Names NamesFor(const ObjectAddress& address, const WrittenPrivileges& written) {
  if (address.kind == ObjectKind::Sequence) return OfSequence(written);
  return written.all ? AllPrivileges(address) : written.names;
}

// The privileges of what only raw SQL makes: foreign tables, servers, wrappers, languages (manual,
// table 5.2).
Names PrivilegesOfRaw() {
  Names names = AllPrivileges({ObjectKind::Table, "", "", ""});
  names.emplace_back("USAGE");
  return names;
}

Done CheckPrivileges(const Names& names, const ObjectAddress& address) {
  const Names possible = address.kind == ObjectKind::Raw ? PrivilegesOfRaw() : AllPrivileges(address);
  for (const std::string& name : names) {
    if (std::ranges::find(possible, name) != possible.end() || name == "MAINTAIN") continue;
    return ErrorAt(-1, fmt::format("invalid privilege type {} for {}", name, schema::KindWord(address.kind)));
  }
  return Ok();
}

Done ChangeObject(Session& session, const ObjectAddress& address, const WrittenPrivileges& written,
                  const Change& change) {
  // A column stands for the sequence of its identity.
  if (address.kind == ObjectKind::Column) return ChangeIdentity(session, address, written, change);
  const Names names = NamesFor(address, written);
  if (auto known = CheckPrivileges(names, address); !known) return known;
  if (!names.empty()) {
    Apply(session, {address, "", {}}, change, names,
          schema::BaseOf(*session.catalog->FindMutable(address)).privileges);
  }
  if (!change.is_grant && !names.empty()) RevokeFromColumns(session, address, change, names);
  for (const auto& [name, columns] : written.on_columns) {
    const ObjectAddress any_column{ObjectKind::Column, "", "", ""};
    const Names on_column = name == "ALL" ? AllPrivileges(any_column) : Names{name};
    if (auto known = CheckPrivileges(on_column, any_column); !known) return known;
    for (const std::string& column : columns) {
      if (auto done = ChangeColumn(session, address, column, change, on_column); !done) return done;
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

void AppendIdentities(const schema::Table& table, std::vector<ObjectAddress>& addresses) {
  for (const schema::Column& column : table.columns) {
    if (column.identity)
      addresses.push_back({ObjectKind::Column, table.name.schema, table.name.name, column.name});
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
      if (address.schema != schema) continue;
      if (IsMeant(session, statement.objtype, address)) addresses.push_back(address);
      const auto* table = std::get_if<schema::Table>(&object);
      if (table != nullptr && statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE)
        AppendIdentities(*table, addresses);
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
    if (!address && statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE)
      return Unsupported(
          -1, fmt::format("a privilege on a language that no statement makes ({})", StringOf(node)));
    if (!address) return address.error();
    addresses.push_back(*address);
  }
  return addresses;
}

// Privileges that are no part of a database's schema.
bool HasNoCatalogObject(PgQuery__ObjectType type) {
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

// What the objects to come grant the role that makes them itself. Its own rights are a default, so that an
// entry for all schemas does not list them; one for a schema is a list of its own, where they may stand.
void ChangeOwnDefaults(Session& session, const Change& change, const Names& names,
                       const schema::DefaultPrivileges& entry, Privileges& effective) {
  if (!entry.schema.empty())
    return Apply(change, names, entry.role.empty() ? std::string(schema::kRunner) : entry.role, effective);
  Session::Taken& taken = session.taken[{schema::AddressOf(entry), ""}];
  for (const std::string& name : names) {
    if (change.is_grant) {
      taken.privileges.erase(name);
    } else if (!change.grant_option) {
      taken.privileges.insert(name);
      taken.place = session.place;
    }
  }
}

Done ChangeDefaults(Session& session, const std::string& role, const std::string& schema,
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
  for (const std::string& grantee : change.grantees) {
    if (grantee == (role.empty() ? session.owner : role)) {
      ChangeOwnDefaults(session, change, names, entry, effective);
    } else {
      Apply(change, names, grantee, effective);
    }
  }
  entry.revoked.clear();
  Privileges granted;
  std::ranges::set_difference(effective, builtin, std::inserter(granted, granted.end()));
  entry.privileges = std::move(granted);
  for (const Privilege& privilege : builtin) {
    const bool kept =
        effective.contains(privilege) || effective.contains({privilege.grantee, privilege.privilege, true});
    if (!kept) entry.revoked.insert(privilege);
  }
  session.catalog->Remove(address);
  if (!entry.privileges.empty() || !entry.revoked.empty()) session.catalog->Put(std::move(entry));
  return Ok();
}

}  // namespace

Done Grant(Session& session, const PgQuery__GrantStmt& statement) {
  if (HasNoCatalogObject(statement.objtype)) return Ok();
  const auto addresses = statement.targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA
                             ? AllInSchemas(session, statement)
                             : NamedObjects(session, statement);
  if (!addresses) return addresses.error();
  const WrittenPrivileges written = ReadPrivileges({statement.privileges, statement.n_privileges});
  const Change change = ReadChange(session, statement);
  for (const ObjectAddress& address : *addresses) {
    if (auto done = ChangeObject(session, address, written, change); !done) return done;
  }
  return Ok();
}

void SetOwnerOf(Session& session, const ObjectAddress& address, const PgQuery__RoleSpec& role) {
  const std::string name = RoleName(role);
  const std::string owner = MeansRunner(name) ? RunnerOf(session) : name;
  session.owners[address] = owner;
  schema::Object* object = session.catalog->FindMutable(address);
  if (object == nullptr) return;
  const auto erase_own = [&](Privileges& privileges) {
    std::erase_if(privileges, [&](const Privilege& privilege) { return privilege.grantee == owner; });
  };
  const auto take_over = [&](Rare<Privileges>& privileges) {
    if (Privileges* held = privileges.Held()) erase_own(*held);
  };
  take_over(schema::BaseOf(*object).privileges);
  if (auto* table = std::get_if<schema::Table>(object)) {
    for (schema::Column& column : table->columns) {
      take_over(column.privileges);
      if (column.identity) take_over(column.identity->privileges);
    }
  } else if (auto* view = std::get_if<schema::View>(object)) {
    std::map<std::string, Privileges>& of_columns = view->column_privileges.Edit();
    for (auto& [column, privileges] : of_columns) erase_own(privileges);
    std::erase_if(of_columns, [](const auto& entry) { return entry.second.empty(); });
  }
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
  if (roles.empty()) roles.push_back(RunnerOf(session));
  const WrittenPrivileges written =
      ReadPrivileges({statement.action->privileges, statement.action->n_privileges});
  const Change change = ReadChange(session, *statement.action);
  const DefaultsOf defaults = DefaultsClass(statement.action->objtype);
  for (std::string& role : roles) {
    if (MeansRunner(role)) role = RunnerOf(session);
    // A catalog does not name the role that runs scripts.
    if (role == session.owner) role.clear();
    for (const std::string& schema : schemas) {
      if (auto done = ChangeDefaults(session, role, schema, defaults, written, change); !done) return done;
    }
  }
  return Ok();
}

}  // namespace schemac::sql
