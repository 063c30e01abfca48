#include "compiler/sql/statement_foreign_table.h"

#include <algorithm>

#include "compiler/sql/statement_address.h"

namespace schemac::sql {

using schema::ObjectKind;

namespace {

// Most schemas have none, and no statement of theirs needs their names spelled.
bool HasForeignTables(const Session& session) {
  constexpr std::string_view kPrefix = "foreign table ";
  const auto& objects = session.catalog->objects();
  const auto first = objects.lower_bound({ObjectKind::Raw, "", std::string(kPrefix), ""});
  return first != objects.end() && first->first.kind == ObjectKind::Raw &&
         first->first.name.starts_with(kPrefix);
}

}  // namespace

std::string ForeignTableName(const Session& session, PgQuery__Node** names, std::size_t count) {
  if (!HasForeignTables(session)) return "";
  const NameNode name(names, count);
  auto raw = RawName(session, PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, name.node());
  return raw && session.catalog->Has({ObjectKind::Raw, "", *raw, ""}) ? *std::move(raw) : std::string();
}

std::string ForeignTableName(const Session& session, const PgQuery__RangeVar& relation) {
  PgQuery__String parts[] = {PG_QUERY__STRING__INIT, PG_QUERY__STRING__INIT};
  PgQuery__Node nodes[] = {PG_QUERY__NODE__INIT, PG_QUERY__NODE__INIT};
  parts[0].sval = relation.schemaname;
  parts[1].sval = relation.relname;
  PgQuery__Node* names[] = {&nodes[0], &nodes[1]};
  for (std::size_t i = 0; i < 2; ++i) {
    nodes[i].node_case = PG_QUERY__NODE__NODE_STRING;
    nodes[i].string = &parts[i];
  }
  const bool has_schema = relation.schemaname != nullptr && relation.schemaname[0] != '\0';
  return has_schema ? ForeignTableName(session, names, 2) : ForeignTableName(session, names + 1, 1);
}

std::string ForeignTableOf(const Session& session, const PgQuery__Node& node) {
  if (node.node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_STMT)
    return ForeignTableName(session, *node.alter_table_stmt->relation);
  if (node.node_case == PG_QUERY__NODE__NODE_CREATE_TRIG_STMT)
    return ForeignTableName(session, *node.create_trig_stmt->relation);
  if (node.node_case != PG_QUERY__NODE__NODE_COMMENT_STMT) return "";
  const PgQuery__CommentStmt& comment = *node.comment_stmt;
  const bool on_column = comment.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN;
  if (!on_column || comment.object == nullptr || comment.object->node_case != PG_QUERY__NODE__NODE_LIST)
    return "";
  const PgQuery__List& names = *comment.object->list;
  return names.n_items < 2 ? std::string() : ForeignTableName(session, names.items, names.n_items - 1);
}

bool ChangesForeignTable(const Session& session, const PgQuery__Node& statement) {
  const bool alters = statement.node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_STMT;
  if (alters) {
    const PgQuery__AlterTableStmt& alter = *statement.alter_table_stmt;
    const bool owner_only = std::ranges::all_of(NodeList{alter.cmds, alter.n_cmds}, [](const auto* command) {
      return command->alter_table_cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner;
    });
    if (owner_only) return false;
  }
  return !ForeignTableOf(session, statement).empty();
}

}  // namespace schemac::sql
