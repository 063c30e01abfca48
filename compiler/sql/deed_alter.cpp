// Deeds of ALTER TABLE and its like.
#include <algorithm>
#include <string_view>

#include "compiler/sql/deed_reader.h"
#include "compiler/sql/volatility.h"

namespace schemac::sql {

using facts::Operation;

namespace {

// Where each action of an ALTER statement stands: between the commas after the relation's name.
std::vector<Place> PlacesOfActions(const Tokens& tokens, int location) {
  std::size_t at = tokens.IndexAt(static_cast<std::size_t>(std::max(location, 0)));
  const auto& all = tokens.tokens();
  ++at;
  while (at + 1 < all.size() && all[at].kind == TokenKind::Dot) at += 2;
  while (at < all.size() && tokens.Text(all[at]) == "*") ++at;
  std::vector<Place> places;
  for (std::size_t begin = at; begin < all.size(); ++at) {
    if (at < all.size() && all[at].kind == TokenKind::Open) {
      at = std::min(tokens.MatchingClose(at), all.size());
      continue;
    }
    if (at < all.size() && all[at].kind != TokenKind::Comma) continue;
    if (at > begin) places.push_back({all[begin].begin, all[at - 1].end});
    begin = at + 1;
    if (at >= all.size()) break;
  }
  return places;
}

// Actions that are one entry of the table, whatever their details.
Operation PlainAction(PgQuery__AlterTableType type) {
  switch (type) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      return Operation::DropColumn;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
      return Operation::SetNotNull;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
      return Operation::DropNotNull;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
      return Operation::AddIdentity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
      return Operation::SetIdentity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return Operation::DropIdentity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
      return Operation::DropExpression;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
      return Operation::SetStorage;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
      return Operation::SetCompression;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
      return Operation::SetColumnStatistics;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
      return Operation::SetColumnOptions;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      return Operation::ValidateCheck;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      return Operation::DropConstraint;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
      return Operation::AlterConstraint;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      return Operation::SetTableOwner;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
      return Operation::ClusterOn;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
      return Operation::SetLogged;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
      return Operation::SetUnlogged;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
      return Operation::SetAccessMethod;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
      return Operation::SetTablespace;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
      return Operation::SetTriggerFiring;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
      return Operation::EnableRowSecurity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
      return Operation::DisableRowSecurity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
      return Operation::ForceRowSecurity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
      return Operation::SetReplicaIdentity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
      return Operation::DetachPartitionConcurrently;
    default:
      // Rules, OF, foreign options: all take the full lock, and nothing else (AlterTableGetLockLevel).
      return Operation::SetRuleFiring;
  }
}

void ReadColumnAction(const DeedReader& reader, const PgQuery__AlterTableCmd& command, Deed& deed) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) return;
  ColumnTraits column = ReadColumn(reader, *command.def->column_def);
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType) {
    column.name = command.name;
    column.converts = command.def->column_def->raw_default != nullptr;
    deed.operation = Operation::ChangeTypeRewriting;
  } else {
    deed.operation = AddColumnOperation(column);
    deed.constraints = column.constraints;
    for (const ConstraintTraits& constraint : column.constraints) {
      if (constraint.referenced) deed.others.push_back(*constraint.referenced);
    }
  }
  deed.member = column.name;
  deed.columns.push_back(std::move(column));
}

void ReadAddConstraint(const DeedReader& reader, const PgQuery__AlterTableCmd& command, Deed& deed) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) return;
  deed.constraints.push_back(ReadConstraint(reader, *command.def->constraint));
  const ConstraintTraits& constraint = deed.constraints.back();
  deed.operation =
      AddConstraintOperation(constraint.kind, constraint.not_valid, !constraint.using_index.empty());
  deed.member = constraint.name;
  deed.named = !constraint.name.empty() || !constraint.using_index.empty();
  if (constraint.referenced) deed.others.push_back(*constraint.referenced);
}

void ReadPartitionAction(const PgQuery__AlterTableCmd& command, bool index, Deed& deed) {
  if (command.def == nullptr) return;
  if (command.def->node_case == PG_QUERY__NODE__NODE_RANGE_VAR) {
    deed.others.push_back(SplitName(*command.def->range_var));
    deed.operation = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit ? Operation::Inherit
                                                                                  : Operation::NoInherit;
    return;
  }
  if (command.def->node_case != PG_QUERY__NODE__NODE_PARTITION_CMD) return;
  const PgQuery__PartitionCmd& partition = *command.def->partition_cmd;
  deed.others.push_back(SplitName(*partition.name));
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition) {
    deed.operation = index ? Operation::AttachIndex : Operation::AttachPartition;
  } else {
    deed.operation =
        partition.concurrent != 0 ? Operation::DetachPartitionConcurrently : Operation::DetachPartition;
  }
}

void ReadOptionAction(const PgQuery__AlterTableCmd& command, PgQuery__ObjectType type, Deed& deed) {
  deed.options = OptionWords(ListItems(command.def));
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX) {
    deed.operation = Operation::SetIndexOptions;
  } else if (type == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW) {
    deed.operation = Operation::AlterView;
  } else {
    const bool full = std::any_of(deed.options.begin(), deed.options.end(), [](const std::string& option) {
      return NeedsFullLock(option.substr(0, option.find('=')));
    });
    deed.operation = full ? Operation::SetTableOptionsFull : Operation::SetTableOptions;
  }
}

void ReadDefaultAction(const PgQuery__AlterTableCmd& command, Deed& deed) {
  deed.operation = command.def == nullptr ? Operation::DropDefault : Operation::SetDefault;
  if (command.def == nullptr) return;
  ColumnTraits column;
  column.name = command.name;
  column.default_text = Deparse(*command.def);
  deed.columns.push_back(std::move(column));
}

Operation AttributeOperation(Operation operation) {
  if (operation == Operation::DropColumn) return Operation::DropAttribute;
  return operation == Operation::ChangeTypeRewriting ? Operation::ChangeAttributeType
                                                     : Operation::AddAttribute;
}

void ReadAction(const DeedReader& reader, const PgQuery__AlterTableCmd& command, PgQuery__ObjectType type,
                Deed& deed) {
  deed.member = command.name;
  deed.cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  deed.conditional = command.missing_ok != 0;
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      ReadColumnAction(reader, command, deed);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      ReadAddConstraint(reader, command, deed);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      ReadDefaultAction(command, deed);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
      ReadOptionAction(command, type, deed);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
      ReadPartitionAction(command, type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, deed);
      break;
    default:
      deed.operation = PlainAction(command.subtype);
  }
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) deed.operation = AttributeOperation(deed.operation);
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE) deed.operation = Operation::AlterSequence;
  deed.lock = facts::FactsOf(deed.operation).lock;
}

}  // namespace

void ReadAlterTable(DeedReader& reader, const PgQuery__AlterTableStmt& statement) {
  const std::vector<Place> places = PlacesOfActions(reader.tokens, statement.relation->location);
  const NodeList commands(statement.cmds, statement.n_cmds);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (commands[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD) continue;
    Deed& deed = reader.Add(Operation::Other, SplitName(*statement.relation));
    // A single action is the statement.
    if (places.size() == commands.size() && commands.size() > 1) deed.place = places[i];
    ReadAction(reader, *commands[i]->alter_table_cmd, statement.objtype, deed);
    deed.conditional = deed.conditional || statement.missing_ok != 0;
  }
}

void ReadAlterDomain(DeedReader& reader, const PgQuery__AlterDomainStmt& statement) {
  Deed& deed =
      reader.Add(Operation::AlterDomain, SplitName(NodeList(statement.type_name, statement.n_type_name)));
  deed.member = statement.name;
  switch (statement.subtype[0]) {
    case 'O':
      deed.operation = Operation::SetDomainNotNull;
      break;
    case 'V':
      deed.operation = Operation::ValidateDomainConstraint;
      break;
    case 'C': {
      if (statement.def == nullptr || statement.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) break;
      deed.constraints.push_back(ReadConstraint(reader, *statement.def->constraint));
      deed.member = deed.constraints.back().name;
      deed.named = !deed.member.empty();
      deed.operation = deed.constraints.back().not_valid ? Operation::AddDomainConstraintNotValid
                                                         : Operation::AddDomainConstraint;
      break;
    }
    default:
      break;
  }
  // The tables that it locks are those with columns of the domain: only a catalog knows them.
}

}  // namespace schemac::sql
