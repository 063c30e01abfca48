// ALTER TABLE (and ALTER VIEW, INDEX, SEQUENCE, TYPE, which the grammar gives in the same form): actions on
// the table itself.
#include "compiler/sql/statement_alter_table.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_foreign_table.h"
#include "compiler/sql/statement_inherit.h"
#include "compiler/sql/statements.h"

namespace schemac::sql {

using schema::Constraint;
using schema::FiringMode;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;
using schema::Table;
using Type = PgQuery__AlterTableType;

namespace {

// Drops it where the children have it from here.
// A check is its parent's under the same name, a key by its columns.
bool IsCopyOf(const Constraint& constraint, const Constraint& parents) {
  if (constraint.kind != parents.kind) return false;
  return constraint.kind == schema::ConstraintKind::Check ? constraint.name == parents.name
                                                          : constraint.columns == parents.columns;
}

// ATExecDropConstraint in tablecmds.c: what comes from a parent goes with the parent's.
Done RefuseInherited(const Session& session, const QualifiedName& table, const std::string& name) {
  const auto* constraint =
      session.catalog->Get<Constraint>({ObjectKind::Constraint, table.schema, table.name, name});
  if (constraint == nullptr || !constraint->inherited) return Ok();
  const Table& child = *session.catalog->FindTable(table);
  std::vector<QualifiedName> parents = child.inherits;
  if (child.partition_of) parents.push_back(child.partition_of->parent);
  for (const QualifiedName& parent : parents) {
    for (const schema::Object* part : session.catalog->PartsOf(parent, ObjectKind::Constraint)) {
      if (!IsCopyOf(*constraint, std::get<Constraint>(*part))) continue;
      return ErrorAt(
          -1, fmt::format("cannot drop inherited constraint \"{}\" of relation \"{}\"", name, table.name));
    }
  }
  return Ok();
}

Done DropConstraint(Session& session, const QualifiedName& table, const PgQuery__AlterTableCmd& command,
                    bool recurse) {
  const ObjectAddress address{ObjectKind::Constraint, table.schema, table.name, command.name};
  const auto* constraint = session.catalog->Get<Constraint>(address);
  if (constraint == nullptr) {
    if (command.missing_ok) return Ok();
    return ErrorAt(
        -1, fmt::format("constraint \"{}\" of relation \"{}\" does not exist", command.name, table.name),
        DiagnosticKind::UnknownName);
  }
  const Constraint dropped = *constraint;
  const bool cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  if (auto done = schema::Drop(*session.catalog, address, cascade); !done) return done;
  if (!recurse) return Ok();
  for (const QualifiedName& child : session.catalog->ChildrenOf(table)) {
    for (const schema::Object* part : session.catalog->PartsOf(child, ObjectKind::Constraint)) {
      const auto& inherited = std::get<Constraint>(*part);
      if (!inherited.inherited || !IsCopyOf(inherited, dropped)) continue;
      PgQuery__AlterTableCmd own = command;
      std::string name = inherited.name;
      own.name = name.data();
      if (auto done = DropConstraint(session, child, own, true); !done) return done;
      break;
    }
  }
  return Ok();
}

// VALIDATE CONSTRAINT, and ALTER CONSTRAINT of a foreign key.
Done SetConstraint(Session& session, const QualifiedName& table, const PgQuery__AlterTableCmd& command,
                   bool recurse) {
  const bool alters = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint;
  const std::string name = alters ? command.def->constraint->conname : command.name;
  auto* constraint =
      session.catalog->GetMutable<Constraint>({ObjectKind::Constraint, table.schema, table.name, name});
  if (constraint == nullptr) {
    return ErrorAt(-1, fmt::format("constraint \"{}\" of relation \"{}\" does not exist", name, table.name),
                   DiagnosticKind::UnknownName);
  }
  if (alters) {
    if (!constraint->foreign_key) {
      return ErrorAt(-1, fmt::format("constraint \"{}\" of relation \"{}\" is not a foreign key constraint",
                                     name, table.name));
    }
    constraint->deferrable = command.def->constraint->deferrable != 0;
    constraint->initially_deferred = command.def->constraint->initdeferred != 0;
    return Ok();
  }
  constraint->not_valid = false;
  if (constraint->kind != schema::ConstraintKind::Check || !recurse) return Ok();
  for (const QualifiedName& child : session.catalog->ChildrenOf(table)) {
    if (!session.catalog->Has({ObjectKind::Constraint, child.schema, child.name, name})) continue;
    if (auto done = SetConstraint(session, child, command, true); !done) return done;
  }
  return Ok();
}

std::optional<FiringMode> FiringOf(Type type) {
  switch (type) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
      return FiringMode::Origin;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
      return FiringMode::Always;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
      return FiringMode::Replica;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
      return FiringMode::Disabled;
    default:
      return std::nullopt;
  }
}

bool IsRuleAction(Type type) {
  return type == PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule ||
         type == PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule ||
         type == PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule ||
         type == PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule;
}

// ENABLE and DISABLE of one trigger or rule, or of all triggers (no name).
Done SetFiring(Session& session, const QualifiedName& table, const PgQuery__AlterTableCmd& command) {
  const FiringMode firing = *FiringOf(command.subtype);
  const ObjectKind kind = IsRuleAction(command.subtype) ? ObjectKind::Rule : ObjectKind::Trigger;
  if (command.name[0] != '\0') {
    const auto address = ResolvePart(session, kind, table, command.name);
    if (!address) return address.error();
    schema::Object* object = session.catalog->FindMutable(*address);
    if (auto* trigger = std::get_if<schema::Trigger>(object)) trigger->firing = firing;
    if (auto* rule = std::get_if<schema::Rule>(object)) rule->firing = firing;
    return Ok();
  }
  for (const schema::Object* part : session.catalog->PartsOf(table, kind)) {
    session.catalog->GetMutable<schema::Trigger>(schema::AddressOf(*part))->firing = firing;
  }
  return Ok();
}

Done SetReplicaIdentity(const Session& session, Table& table, const PgQuery__ReplicaIdentityStmt& statement) {
  switch (statement.identity_type[0]) {
    case 'f':
      table.replica_identity = "full";
      return Ok();
    case 'n':
      table.replica_identity = "nothing";
      return Ok();
    case 'i': {
      const auto index = session.catalog->FindRelation({table.name.schema, statement.name});
      if (!index || index->qualified() != table.name) {
        return ErrorAt(
            -1, fmt::format("index \"{}\" for table \"{}\" does not exist", statement.name, table.name.name),
            DiagnosticKind::UnknownName);
      }
      table.replica_identity = fmt::format("index {}", statement.name);
      return Ok();
    }
    default:
      table.replica_identity.clear();
      return Ok();
  }
}

Done SetClustered(const Session& session, Table& table, std::string_view index) {
  const auto found = session.catalog->FindRelation({table.name.schema, std::string(index)});
  if (!found || found->qualified() != table.name) {
    return ErrorAt(-1, fmt::format("index \"{}\" for table \"{}\" does not exist", index, table.name.name),
                   DiagnosticKind::UnknownName);
  }
  table.clustered_on = std::string(index);
  return Ok();
}

Done SetOptions(schema::Options& options, const PgQuery__AlterTableCmd& command, bool reset) {
  auto changed = OptionsOf(ListItems(command.def));
  if (!changed) return changed.error();
  for (const auto& [key, value] : *changed) {
    options.erase(key);
    if (!reset) options[key] = value;
  }
  return Ok();
}

// A table's own sequences are logged as it is (PostgreSQL 15 release notes).
void SetLogged(Session& session, Table& table, bool logged) {
  table.unlogged = !logged;
  const auto& objects = session.catalog->objects();
  for (auto it = objects.lower_bound({ObjectKind::Sequence, "", "", ""});
       it != objects.end() && it->first.kind == ObjectKind::Sequence; ++it) {
    const auto& owned_by = std::get<schema::Sequence>(it->second).owned_by;
    if (owned_by && owned_by->qualified() == table.name) {
      session.catalog->GetMutable<schema::Sequence>(it->first)->unlogged = !logged;
    }
  }
}

// Settings of the table as a whole; nullopt when the action is another one.
std::optional<Done> SetTable(Session& session, Table& table, const PgQuery__AlterTableCmd& command) {
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      SetOwnerOf(session, TableAddress(table.name), *command.newowner);
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
      return SetClustered(session, table, command.name);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
      table.clustered_on.clear();
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
      SetLogged(session, table, true);
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
      SetLogged(session, table, false);
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOids:
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
      table.access_method = std::string_view(command.name) == "heap" ? "" : command.name;
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
      table.tablespace = std::string_view(command.name) == "pg_default" ? "" : command.name;
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
      return SetOptions(table.options, command, false);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
      return SetOptions(table.options, command, true);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
      return SetReplicaIdentity(session, table, *command.def->replica_identity_stmt);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
      table.row_security = true;
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
      table.row_security = false;
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
      table.force_row_security = true;
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
      table.force_row_security = false;
      return Ok();
    default:
      return std::nullopt;
  }
}

Done RunAction(Session& session, const QualifiedName& name, const PgQuery__AlterTableCmd& command,
               bool recurse) {
  // The most frequent one comes before what makes the table's own copy of what catalogs share: it needs none.
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint) {
    const PgQuery__Constraint& constraint = *command.def->constraint;
    const PendingConstraint pending{&constraint, "", constraint.deferrable != 0,
                                    constraint.initdeferred != 0};
    return AddPendingConstraint(session, name, pending, recurse);
  }
  Table* table = session.catalog->GetMutable<Table>(TableAddress(name));
  if (table == nullptr) return ErrorAt(-1, fmt::format("relation \"{}\" does not exist", Written(name)));
  if (FiringOf(command.subtype)) return SetFiring(session, name, command);
  if (auto done = SetTable(session, *table, command)) return *done;
  if (auto done = AlterColumnAction(session, name, command, recurse)) return *done;
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      return SetConstraint(session, name, command, recurse);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      if (auto done = RefuseInherited(session, name, command.name); !done) return done;
      return DropConstraint(session, name, command, recurse);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
      return SetInherit(session, name, *command.def->range_var, true);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
      return SetInherit(session, name, *command.def->range_var, false);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
      return AttachPartition(session, name, *command.def->partition_cmd);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
      return DetachPartition(session, name, *command.def->partition_cmd);
    default:
      return Unsupported(-1, "this action of ALTER TABLE");
  }
}

// In which of its passes PostgreSQL runs an action (tablecmds.c, AlterTablePass); actions of one pass keep
// their order.
int PassOf(const PgQuery__AlterTableCmd& command) {
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return 0;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return 1;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return 2;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
      return 3;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint: {
      const auto type = command.def->constraint->contype;
      return type == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN || type == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK ? 5
                                                                                                          : 4;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      return command.def == nullptr ? 0 : 5;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
      return 5;
    default:
      return 6;
  }
}

Done AlterSequenceRelation(Session& session, const ObjectAddress& address,
                           const PgQuery__AlterTableCmd& command) {
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      SetOwnerOf(session, address, *command.newowner);
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
      session.catalog->GetMutable<schema::Sequence>(address)->unlogged =
          command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged;
      return Ok();
    default:
      return Unsupported(-1, "this action on a sequence");
  }
}

Done RunOn(Session& session, const ObjectAddress& address, const PgQuery__AlterTableCmd& command,
           bool recurse) {
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner) {
    // The owner of an identity's sequence is that of its table: the server takes no other.
    if (address.kind == ObjectKind::Column) return Ok();
    SetOwnerOf(session, address, *command.newowner);
  }
  switch (address.kind) {
    case ObjectKind::Table:
      return RunAction(session, address.qualified(), command, recurse);
    case ObjectKind::View:
      return FiringOf(command.subtype) ? SetFiring(session, address.qualified(), command)
                                       : AlterViewAction(session, address, command);
    case ObjectKind::Index:
    case ObjectKind::Constraint:
      return AlterIndexAction(session, address, command);
    case ObjectKind::Sequence:
      return AlterSequenceRelation(session, address, command);
    default:
      return Unsupported(-1, "ALTER TABLE on this kind of relation");
  }
}

}  // namespace

Done AlterTable(Session& session, const PgQuery__AlterTableStmt& statement) {
  const PgQuery__RangeVar& relation = *statement.relation;
  const QualifiedName written = SplitName(relation);
  const auto found = LookUpRelation(session, written);
  if (!found) {
    const bool passed_over = statement.missing_ok || session.temporary.contains(written.name);
    // Who owns a foreign table is no part of the statements that make it.
    if (passed_over || !ForeignTableName(session, relation).empty()) return Ok();
    return ResolveRelation(session, written, relation.location).error();
  }
  if (found->kind == ObjectKind::Composite) {
    return AlterComposite(session, *session.catalog->GetMutable<schema::Composite>(*found),
                          {statement.cmds, statement.n_cmds});
  }
  std::vector<const PgQuery__AlterTableCmd*> commands;
  for (const PgQuery__Node* node : NodeList{statement.cmds, statement.n_cmds}) {
    if (node->node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_CMD) commands.push_back(node->alter_table_cmd);
  }
  std::ranges::stable_sort(commands, {}, [](const auto* command) { return PassOf(*command); });
  for (const PgQuery__AlterTableCmd* command : commands) {
    if (auto done = RunOn(session, *found, *command, relation.inh != 0); !done) return done;
  }
  return Ok();
}

}  // namespace schemac::sql
