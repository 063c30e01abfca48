// From the node of a statement to what runs it.
#include <cctype>

#include <fmt/format.h>

#include "compiler/sql/statement_foreign_table.h"
#include "compiler/sql/statement_key_comment.h"
#include "compiler/sql/statements.h"

namespace schemac::sql {
namespace {

// Statements on rows, sessions, roles and storage: they change no schema, and are passed over knowingly.
bool ChangesNoSchema(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_MERGE_STMT:
    case PG_QUERY__NODE__NODE_COPY_STMT:
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
    case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT:
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
    case PG_QUERY__NODE__NODE_LOCK_STMT:
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
    case PG_QUERY__NODE__NODE_CHECK_POINT_STMT:
    case PG_QUERY__NODE__NODE_NOTIFY_STMT:
    case PG_QUERY__NODE__NODE_LISTEN_STMT:
    case PG_QUERY__NODE__NODE_UNLISTEN_STMT:
    case PG_QUERY__NODE__NODE_DISCARD_STMT:
    case PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT:
    case PG_QUERY__NODE__NODE_EXPLAIN_STMT:
    case PG_QUERY__NODE__NODE_LOAD_STMT:
    case PG_QUERY__NODE__NODE_PREPARE_STMT:
    case PG_QUERY__NODE__NODE_DEALLOCATE_STMT:
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
    case PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT:
    case PG_QUERY__NODE__NODE_FETCH_STMT:
    case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ROLE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT:
    case PG_QUERY__NODE__NODE_DROP_ROLE_STMT:
    case PG_QUERY__NODE__NODE_GRANT_ROLE_STMT:
    case PG_QUERY__NODE__NODE_REASSIGN_OWNED_STMT:
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_SET_STMT:
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_REFRESH_COLL_STMT:
    case PG_QUERY__NODE__NODE_ALTER_COLLATION_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
    case PG_QUERY__NODE__NODE_SEC_LABEL_STMT:
      return true;
    default:
      return false;
  }
}

bool IsPassedOver(const PgQuery__Node& node) {
  return node.node_case == PG_QUERY__NODE__NODE_SELECT_STMT ||
         node.node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT || ChangesNoSchema(node);
}

void CountPassedOver(const Session& session, const PgQuery__Node& node) {
  const bool is_told = IsPassedOver(node) && node.node_case != PG_QUERY__NODE__NODE_TRANSACTION_STMT;
  if (session.passed_over == nullptr || !is_told || session.tokens->tokens().empty()) return;
  std::string word(session.tokens->Text(session.tokens->tokens().front()));
  for (char& byte : word) byte = static_cast<char>(std::toupper(static_cast<unsigned char>(byte)));
  ++(*session.passed_over)[word];
}

// CLUSTER t USING i marks the index, besides moving rows.
Done RunCluster(Session& session, const PgQuery__ClusterStmt& statement) {
  if (statement.relation == nullptr || statement.indexname[0] == '\0') return Ok();
  const auto table = ResolveTable(session, *statement.relation);
  if (!table) return table.error();
  session.catalog->GetMutable<schema::Table>(TableAddress((*table)->name))->clustered_on =
      statement.indexname;
  return Ok();
}

// A refresh fills the view (or empties it): the server tells the two apart.
Done RunRefresh(Session& session, const PgQuery__RefreshMatViewStmt& statement) {
  const auto address = ResolveRelation(session, SplitName(*statement.relation), statement.relation->location);
  if (!address) return address.error();
  if (auto* view = session.catalog->GetMutable<schema::View>(*address))
    view->with_no_data = statement.skip_data != 0;
  return Ok();
}

Done Renamed(const Session& session, Done done) { return done ? CheckKeyComments(session) : done; }

Done RunDefine(Session& session, const PgQuery__Node& node) {
  switch (node.define_stmt->kind) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      return CreateAggregate(session, node);
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION:
      return CreateCollation(session, *node.define_stmt);
    default:
      return CreateRaw(session, node);
  }
}

// Whoever makes an object gives it the default privileges of its own, which a catalog does not know apart
// from those of the role that runs the script.
Done CheckCreator(const Session& session) {
  if (session.role.empty() || session.role == session.owner) return Ok();
  const auto& objects = session.catalog->objects();
  const auto first = objects.lower_bound({schema::ObjectKind::DefaultPrivileges, "", "", ""});
  if (first == objects.end() || first->first.kind != schema::ObjectKind::DefaultPrivileges) return Ok();
  return Unsupported(-1, fmt::format("making an object as \"{}\" under default privileges", session.role));
}

Done RunCreate(Session& session, const PgQuery__Node& node) {
  if (Done creator = CheckCreator(session); !creator) return creator;
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
      return CreateSchema(session, *node.create_schema_stmt);
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
      return CreateExtension(session, *node.create_extension_stmt);
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
      return CreateEnum(session, *node.create_enum_stmt);
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
      return CreateComposite(session, *node.composite_type_stmt);
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
      return CreateRange(session, *node.create_range_stmt);
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
      return CreateDomain(session, *node.create_domain_stmt);
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
      return CreateSequence(session, *node.create_seq_stmt);
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      return CreateTable(session, *node.create_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      return CreateIndex(session, *node.index_stmt);
    case PG_QUERY__NODE__NODE_VIEW_STMT:
      return CreateView(session, *node.view_stmt);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
      return CreateTableAs(session, *node.create_table_as_stmt);
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
      return CreateRoutine(session, node);
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
      return CreateTrigger(session, node);
    case PG_QUERY__NODE__NODE_RULE_STMT:
      return CreateRule(session, node);
    case PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT:
      return CreateEventTrigger(session, node);
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
      return CreatePolicy(session, *node.create_policy_stmt);
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT:
      return CreateStatistics(session, node);
    case PG_QUERY__NODE__NODE_DEFINE_STMT:
      return RunDefine(session, node);
    default:
      if (IsRawStatement(node)) return CreateRaw(session, node);
      return Unsupported(-1, "this statement");
  }
}

}  // namespace

Done RunStatement(Session& session, const PgQuery__Node& node) {
  CountPassedOver(session, node);
  if (ChangesNoSchema(node)) return session.reads_rows ? ChangeRows(session, node) : Ok();
  if (ChangesForeignTable(session, node)) return AlterRaw(session, node);
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      return RunSelect(session, *node.select_stmt);
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
      return SetVariable(session, *node.variable_set_stmt);
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
      return RunCluster(session, *node.cluster_stmt);
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
      return RunRefresh(session, *node.refresh_mat_view_stmt);
    case PG_QUERY__NODE__NODE_DO_STMT:
      return RunDo(session, *node.do_stmt);
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT:
      return AlterExtension(session, *node.alter_extension_stmt);
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
      return AlterEnum(session, *node.alter_enum_stmt);
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT:
      return AlterDomain(session, *node.alter_domain_stmt);
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
      return AlterSequence(session, *node.alter_seq_stmt);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
      return AlterTable(session, *node.alter_table_stmt);
    case PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT:
      return AlterRoutine(session, *node.alter_function_stmt);
    case PG_QUERY__NODE__NODE_ALTER_EVENT_TRIG_STMT:
      return AlterEventTrigger(session, *node.alter_event_trig_stmt);
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT:
      return AlterPolicy(session, *node.alter_policy_stmt);
    case PG_QUERY__NODE__NODE_ALTER_STATS_STMT:
      return AlterStatistics(session, *node.alter_stats_stmt);
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
      return Comment(session, *node.comment_stmt);
    case PG_QUERY__NODE__NODE_GRANT_STMT:
      return Grant(session, *node.grant_stmt);
    case PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT:
      return AlterDefaultPrivileges(session, *node.alter_default_privileges_stmt);
    case PG_QUERY__NODE__NODE_RENAME_STMT:
      return Renamed(session, Rename(session, *node.rename_stmt));
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
      return Renamed(session, SetSchema(session, *node.alter_object_schema_stmt));
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT:
      return SetOwner(session, *node.alter_owner_stmt);
    case PG_QUERY__NODE__NODE_DROP_STMT:
      return Drop(session, *node.drop_stmt);
    case PG_QUERY__NODE__NODE_DROP_USER_MAPPING_STMT:
      return DropUserMapping(session, *node.drop_user_mapping_stmt);
    default:
      return IsRawAlteration(node) ? AlterRaw(session, node) : RunCreate(session, node);
  }
}

}  // namespace schemac::sql
