#include "compiler/sql/touched.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "compiler/sql/node_walk.h"
#include "compiler/sql/nodes.h"
#include "compiler/sql/statement_session.h"

namespace schemac::sql {
namespace {

// What the nodes of data statements name: every relation, and of those every column that goes by a name in
// the statement. That may be one too many, never one too few.
class Toucher {
 public:
  explicit Toucher(const Scope& scope) : scope_(scope) {}

  void Visit(const ProtobufCMessage& message) {
    if (message.descriptor == &pg_query__insert_stmt__descriptor)
      TouchUnnamed(reinterpret_cast<const PgQuery__InsertStmt&>(message));
    if (message.descriptor == &pg_query__range_var__descriptor) {
      const auto& variable = reinterpret_cast<const PgQuery__RangeVar&>(message);
      const auto address = ResolveRelation(variable.schemaname == nullptr ? "" : variable.schemaname,
                                           variable.relname == nullptr ? "" : variable.relname, scope_);
      if (address) touched_.insert(*address);
    } else if (message.descriptor == &pg_query__column_ref__descriptor) {
      const auto& reference = reinterpret_cast<const PgQuery__ColumnRef&>(message);
      const PgQuery__Node& last = *reference.fields[reference.n_fields - 1];
      if (last.node_case == PG_QUERY__NODE__NODE_A_STAR) {
        all_columns_ = true;
      } else {
        names_.emplace(StringOf(last));
      }
    } else if (message.descriptor == &pg_query__res_target__descriptor) {
      const auto& target = reinterpret_cast<const PgQuery__ResTarget&>(message);
      if (target.name != nullptr) names_.insert(target.name);
    } else if (message.descriptor == &pg_query__type_name__descriptor) {
      const auto& name = reinterpret_cast<const PgQuery__TypeName&>(message);
      const std::vector<std::string> parts = NameParts(name.names, name.n_names);
      if (!parts.empty()) {
        const auto address =
            ResolveType(parts.size() > 1 ? parts[parts.size() - 2] : "", parts.back(), scope_);
        if (address) touched_.insert(*address);
      }
    }
    ForEachField(message, [&](const NodeField& field) {
      if (const ProtobufCMessage* child = ChildOf(field)) Visit(*child);
    });
  }

  std::vector<schema::ObjectAddress> Finish() {
    std::set<schema::ObjectAddress> all = touched_;
    for (const schema::ObjectAddress& address : touched_) {
      const schema::Table* table = scope_.catalog->FindTable(address.qualified());
      if (table == nullptr) continue;
      for (const schema::Column& column : table->columns) {
        if (!all_columns_ && !names_.contains(column.name)) continue;
        all.insert({schema::ObjectKind::Column, table->name.schema, table->name.name, column.name});
      }
    }
    return {all.begin(), all.end()};
  }

 private:
  // An INSERT without a list of columns fills as many as it has values, from the first on.
  void TouchUnnamed(const PgQuery__InsertStmt& insert) {
    if (insert.n_cols > 0 || insert.relation == nullptr || scope_.catalog == nullptr) return;
    const auto address = ResolveRelation(insert.relation->schemaname, insert.relation->relname, scope_);
    const schema::Table* table = address ? scope_.catalog->FindTable(address->qualified()) : nullptr;
    if (table == nullptr) return;
    const std::size_t known = table->columns.size();
    const std::size_t count = std::min(known, CountOfValues(insert.select_stmt).value_or(known));
    for (std::size_t i = 0; i < count; ++i) {
      touched_.insert(
          {schema::ObjectKind::Column, table->name.schema, table->name.name, table->columns[i].name});
    }
  }

  // Of each row; nullopt when a star hides them.
  static std::optional<std::size_t> CountOfValues(const PgQuery__Node* rows) {
    if (rows == nullptr) return 0;  // DEFAULT VALUES
    if (rows->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) return std::nullopt;
    const PgQuery__SelectStmt* select = rows->select_stmt;
    while (select->larg != nullptr) select = select->larg;
    if (select->n_values_lists > 0) return ListItems(select->values_lists[0]).size();
    for (const PgQuery__Node* target : NodeList{select->target_list, select->n_target_list}) {
      const PgQuery__Node* value = target->res_target->val;
      if (value == nullptr || value->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) continue;
      const PgQuery__ColumnRef& column = *value->column_ref;
      if (column.fields[column.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR) return std::nullopt;
    }
    return select->n_target_list;
  }

  const Scope& scope_;
  std::set<schema::ObjectAddress> touched_;
  std::set<std::string> names_;
  bool all_columns_ = false;
};

}  // namespace

std::vector<schema::ObjectAddress> TouchedBy(const ProtobufCMessage& statement, const Scope& scope) {
  Toucher toucher(scope);
  toucher.Visit(statement);
  return toucher.Finish();
}

}  // namespace schemac::sql
