// Deeds on rows, and of upkeep.
#include <algorithm>

#include "compiler/sql/deed_reader.h"
#include "compiler/sql/node_walk.h"

namespace schemac::sql {

using facts::LockMode;
using facts::Operation;

namespace {

bool HasOption(NodeList options, std::string_view name) {
  return std::any_of(options.begin(), options.end(), [&](const PgQuery__Node* node) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM || name != node->def_elem->defname) return false;
    const auto flag = OptionFlag(*node->def_elem);
    return !flag || *flag;
  });
}

// `c` of every `c`, `t.c` in the tree.
void AddColumns(const ProtobufCMessage& message, std::vector<std::string>& columns) {
  if (message.descriptor == &pg_query__column_ref__descriptor) {
    const auto& column = reinterpret_cast<const PgQuery__ColumnRef&>(message);
    columns.emplace_back(StringOf(column.fields[column.n_fields - 1]));
    return;
  }
  ForEachField(message, [&](const NodeField& field) {
    if (const ProtobufCMessage* child = ChildOf(field); child != nullptr) AddColumns(*child, columns);
  });
}

void ReadUpdate(DeedReader& reader, const PgQuery__UpdateStmt& update) {
  const bool all = update.where_clause == nullptr && update.n_from_clause == 0;
  Deed& deed =
      reader.Add(all ? Operation::UpdateEveryRow : Operation::UpdateRows, SplitName(*update.relation));
  for (const PgQuery__Node* target : NodeList(update.target_list, update.n_target_list)) {
    if (target->node_case == PG_QUERY__NODE__NODE_RES_TARGET)
      deed.names.emplace_back(target->res_target->name);
  }
  if (update.where_clause != nullptr) AddColumns(update.where_clause->base, deed.filters);
}

void ReadDelete(DeedReader& reader, const PgQuery__DeleteStmt& statement) {
  const bool all = statement.where_clause == nullptr && statement.n_using_clause == 0;
  Deed& deed =
      reader.Add(all ? Operation::DeleteEveryRow : Operation::DeleteRows, SplitName(*statement.relation));
  if (statement.where_clause != nullptr) AddColumns(statement.where_clause->base, deed.filters);
}

void ReadInsert(DeedReader& reader, const PgQuery__InsertStmt& insert) {
  Deed& deed = reader.Add(Operation::InsertRows, SplitName(*insert.relation));
  for (const PgQuery__Node* column : NodeList(insert.cols, insert.n_cols)) {
    if (column->node_case == PG_QUERY__NODE__NODE_RES_TARGET)
      deed.names.emplace_back(column->res_target->name);
  }
}

void ReadTruncate(DeedReader& reader, const PgQuery__TruncateStmt& statement) {
  const bool cascade = statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  for (const PgQuery__Node* relation : NodeList(statement.relations, statement.n_relations)) {
    Deed& deed = reader.Add(cascade ? Operation::TruncateCascade : Operation::Truncate,
                            SplitName(*relation->range_var));
    deed.cascade = cascade;
  }
}

// A LOCKMODE of PostgreSQL counts as ours do.
void ReadLock(DeedReader& reader, const PgQuery__LockStmt& statement) {
  for (const PgQuery__Node* relation : NodeList(statement.relations, statement.n_relations)) {
    Deed& deed = reader.Add(Operation::LockTable, SplitName(*relation->range_var));
    deed.lock = static_cast<LockMode>(std::clamp(statement.mode, 0, 8));
  }
}

void ReadVacuum(DeedReader& reader, const PgQuery__VacuumStmt& statement) {
  const bool full = HasOption({statement.options, statement.n_options}, "full");
  const Operation operation = statement.is_vacuumcmd == 0 ? Operation::Analyze
                              : full                      ? Operation::VacuumFull
                                                          : Operation::Vacuum;
  if (statement.n_rels == 0) reader.Add(operation);
  for (const PgQuery__Node* node : NodeList(statement.rels, statement.n_rels)) {
    const PgQuery__RangeVar* relation = node->vacuum_relation->relation;
    reader.Add(operation, relation == nullptr ? schema::QualifiedName{} : SplitName(*relation));
  }
}

void ReadReindex(DeedReader& reader, const PgQuery__ReindexStmt& statement) {
  const bool concurrently = HasOption({statement.params, statement.n_params}, "concurrently");
  Deed& deed = reader.Add(concurrently ? Operation::ReindexConcurrently : Operation::Reindex);
  if (statement.relation != nullptr) deed.relation = SplitName(*statement.relation);
  deed.member = statement.name;
}

void ReadSelect(DeedReader& reader, const PgQuery__SelectStmt& select) {
  if (select.into_clause != nullptr) {
    reader.Add(Operation::CreateTableAs, SplitName(*select.into_clause->rel));
    return;
  }
  const Operation operation =
      select.n_locking_clause > 0 ? Operation::SelectForUpdate : Operation::SelectRows;
  for (const PgQuery__Node* from : NodeList(select.from_clause, select.n_from_clause)) {
    if (from->node_case == PG_QUERY__NODE__NODE_RANGE_VAR) reader.Add(operation, SplitName(*from->range_var));
  }
}

}  // namespace

bool ReadRowStatement(DeedReader& reader, const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      ReadSelect(reader, *node.select_stmt);
      return true;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      ReadInsert(reader, *node.insert_stmt);
      return true;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      ReadUpdate(reader, *node.update_stmt);
      return true;
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      ReadDelete(reader, *node.delete_stmt);
      return true;
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      reader.Add(Operation::MergeRows, SplitName(*node.merge_stmt->relation));
      return true;
    case PG_QUERY__NODE__NODE_COPY_STMT:
      if (node.copy_stmt->relation != nullptr) {
        reader.Add(node.copy_stmt->is_from != 0 ? Operation::CopyRows : Operation::SelectRows,
                   SplitName(*node.copy_stmt->relation));
      }
      return true;
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
      ReadTruncate(reader, *node.truncate_stmt);
      return true;
    case PG_QUERY__NODE__NODE_LOCK_STMT:
      ReadLock(reader, *node.lock_stmt);
      return true;
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
      ReadVacuum(reader, *node.vacuum_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
      reader.Add(Operation::Cluster, node.cluster_stmt->relation == nullptr
                                         ? schema::QualifiedName{}
                                         : SplitName(*node.cluster_stmt->relation));
      return true;
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
      ReadReindex(reader, *node.reindex_stmt);
      return true;
    default:
      return false;
  }
}

}  // namespace schemac::sql
