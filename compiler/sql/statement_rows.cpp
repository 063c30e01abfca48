// Seed rows in scripts of ours: the INSERT, UPDATE and DELETE that the emitter writes for them, each of which
// names one row by its key. Statements of any other shape are about rows that belong to nobody's schema.
#include <set>

#include "compiler/sql/seed_key.h"
#include "compiler/sql/statements.h"

namespace schemac::sql {
namespace {

using schema::ObjectKind;
using schema::SeedRow;
using Values = std::map<std::string, schema::Expression>;

class RowReader {
 public:
  RowReader(Session& session, const schema::Table& table) : session_(session), table_(table) {}

  // nullopt when the value is none of a row's: a column that is not there.
  ErrorOr<std::optional<schema::Expression>> Value(const std::string& column, const PgQuery__Node& node) {
    const schema::Column* found = table_.FindColumn(column);
    if (found == nullptr) return std::optional<schema::Expression>();
    Scope scope = ScopeOf(session_);
    scope.value_type = found->type;
    auto value = MakeExpression(node, *session_.tokens, scope);
    if (!value) return value.error();
    return std::optional(*std::move(value));
  }

  // Adds what `a = 1 AND b = 'x'` says of the key; false for any other condition.
  ErrorOr<bool> ReadKey(const PgQuery__Node* where, Values& key) {
    if (where == nullptr) return false;
    if (where->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR) return ReadConjunction(*where->bool_expr, key);
    if (where->node_case != PG_QUERY__NODE__NODE_A_EXPR) return false;
    const PgQuery__AExpr& equation = *where->a_expr;
    const bool equals = equation.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP && equation.n_name == 1 &&
                        StringOf(*equation.name[0]) == "=" && equation.lexpr != nullptr &&
                        equation.rexpr != nullptr;
    if (!equals || equation.lexpr->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) return false;
    const PgQuery__ColumnRef& column = *equation.lexpr->column_ref;
    if (column.n_fields != 1) return false;
    const std::string name(StringOf(*column.fields[0]));
    auto value = Value(name, *equation.rexpr);
    if (!value) return value.error();
    if (!*value) return false;
    return key.emplace(name, **std::move(value)).second;
  }

  // The seed row with that key; nullptr when the catalog has none.
  SeedRow* Find(const Values& key) {
    const auto& objects = session_.catalog->objects();
    for (auto it = objects.lower_bound({ObjectKind::SeedRow, table_.name.schema, table_.name.name, ""});
         it != objects.end() && it->first.kind == ObjectKind::SeedRow && it->first.qualified() == table_.name;
         ++it) {
      const auto& row = std::get<SeedRow>(it->second);
      if (KeyIn(row.key_columns, key) == row.key) return session_.catalog->GetMutable<SeedRow>(it->first);
    }
    return nullptr;
  }

  // "" unless the values are of exactly these columns.
  static std::string KeyIn(const std::vector<std::string>& columns, const Values& values) {
    std::vector<std::string> parts;
    for (const std::string& column : columns) {
      const auto value = values.find(column);
      if (value == values.end()) return "";
      parts.push_back(SeedKeyPart(value->second));
    }
    return columns.size() == values.size() ? SeedKey(parts) : "";
  }

 private:
  ErrorOr<bool> ReadConjunction(const PgQuery__BoolExpr& condition, Values& key) {
    if (condition.boolop != PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) return false;
    for (const PgQuery__Node* part : NodeList{condition.args, condition.n_args}) {
      auto read = ReadKey(part, key);
      if (!read || !*read) return read;
    }
    return true;
  }

  Session& session_;
  const schema::Table& table_;
};

const schema::Table* TableOf(const Session& session, const PgQuery__RangeVar& relation) {
  const auto address = LookUpRelation(session, SplitName(relation));
  return address ? session.catalog->Get<schema::Table>(*address) : nullptr;
}

// The values of `VALUES (…)` with one row; empty for any other source.
NodeList OnlyRow(const PgQuery__Node* source) {
  if (source == nullptr || source->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) return {};
  const PgQuery__SelectStmt& select = *source->select_stmt;
  return select.n_values_lists == 1 ? ListItems(select.values_lists[0]) : NodeList{};
}

std::vector<std::string> ConflictColumns(const PgQuery__OnConflictClause* clause) {
  std::vector<std::string> columns;
  if (clause == nullptr || clause->infer == nullptr ||
      clause->action != PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_NOTHING)
    return columns;
  for (const PgQuery__Node* element : NodeList{clause->infer->index_elems, clause->infer->n_index_elems}) {
    if (element->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM || element->index_elem->name[0] == '\0')
      return {};
    columns.emplace_back(element->index_elem->name);
  }
  return columns;
}

Done Insert(Session& session, const PgQuery__InsertStmt& statement) {
  const schema::Table* table = TableOf(session, *statement.relation);
  const NodeList values = OnlyRow(statement.select_stmt);
  SeedRow row;
  row.key_columns = ConflictColumns(statement.on_conflict_clause);
  if (table == nullptr || row.key_columns.empty() || values.size() != statement.n_cols) return Ok();
  row.table = table->name;
  RowReader reader(session, *table);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string column = statement.cols[i]->res_target->name;
    auto value = reader.Value(column, *values[i]);
    if (!value) return value.error();
    if (!*value) return Ok();
    row.values.emplace(column, **std::move(value));
  }
  Values key;
  for (const std::string& column : row.key_columns) {
    if (const auto value = row.values.find(column); value != row.values.end()) key.insert(*value);
  }
  row.key = RowReader::KeyIn(row.key_columns, key);
  if (!row.key.empty() && reader.Find(key) == nullptr) session.catalog->Put(std::move(row));
  return Ok();
}

Done Update(Session& session, const PgQuery__UpdateStmt& statement) {
  const schema::Table* table = TableOf(session, *statement.relation);
  if (table == nullptr || statement.n_from_clause > 0) return Ok();
  RowReader reader(session, *table);
  Values key;
  const auto is_key = reader.ReadKey(statement.where_clause, key);
  if (!is_key) return is_key.error();
  SeedRow* row = *is_key ? reader.Find(key) : nullptr;
  if (row == nullptr) return Ok();
  for (const PgQuery__Node* node : NodeList{statement.target_list, statement.n_target_list}) {
    const PgQuery__ResTarget& target = *node->res_target;
    if (target.val->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT) {
      row->values.erase(target.name);
      continue;
    }
    auto value = reader.Value(target.name, *target.val);
    if (!value) return value.error();
    if (*value) row->values.insert_or_assign(target.name, **std::move(value));
  }
  return Ok();
}

Done Delete(Session& session, const PgQuery__DeleteStmt& statement) {
  const schema::Table* table = TableOf(session, *statement.relation);
  if (table == nullptr || statement.n_using_clause > 0) return Ok();
  RowReader reader(session, *table);
  Values key;
  const auto is_key = reader.ReadKey(statement.where_clause, key);
  if (!is_key) return is_key.error();
  const SeedRow* row = *is_key ? reader.Find(key) : nullptr;
  if (row != nullptr) session.catalog->Remove(schema::AddressOf(schema::Object(*row)));
  return Ok();
}

}  // namespace

Done ChangeRows(Session& session, const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      return Insert(session, *node.insert_stmt);
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      return Update(session, *node.update_stmt);
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      return Delete(session, *node.delete_stmt);
    default:
      return Ok();
  }
}

}  // namespace schemac::sql
