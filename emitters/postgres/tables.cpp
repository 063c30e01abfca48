#include "compiler/support/check.h"
#include "emitters/expression_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

using schema::Column;
using schema::Constraint;
using schema::Table;

const Column* ParentColumn(const std::vector<const Table*>& parents, const std::string& name) {
  for (const Table* parent : parents) {
    if (const Column* column = parent->FindColumn(name)) return column;
  }
  return nullptr;
}

bool HasLocalColumns(const Table& table) {
  for (const Column& column : table.columns) {
    if (!column.inherited) return true;
  }
  return false;
}

// The parenthesised list; empty lines are never written.
void WriteElements(const std::vector<std::string>& elements, SqlWriter& sql) {
  sql.Write("(");
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i > 0) sql.Write(",");
    sql.Break(1).Sql(elements[i]);
  }
  if (!elements.empty()) sql.Break(0);
  sql.Write(")");
}

std::vector<std::string> LocalColumns(const Table& table, bool all) {
  std::vector<std::string> elements;
  for (const Column& column : table.columns) {
    if (column.inherited && !all) continue;
    SqlWriter element;
    WriteColumn(table.name, column, element);
    elements.push_back(element.Take());
  }
  return elements;
}

// `c DEFAULT 1 NOT NULL`: where a partition differs from its parent. Without a known parent everything is
// told, which does no harm.
std::vector<std::string> PartitionColumns(const Table& table, const std::vector<const Table*>& parents) {
  std::vector<std::string> elements;
  for (const Column& column : table.columns) {
    const Column* parent = ParentColumn(parents, column.name);
    SqlWriter element;
    element.Name(column.name);
    const std::size_t bare = element.text().size();
    if (!column.generated && !column.identity) {
      if (column.default_value && (parent == nullptr || parent->default_value != column.default_value)) {
        WriteColumnValue(table.name, column, element);
      } else if (!column.default_value && parent != nullptr && parent->default_value) {
        element.Write("DEFAULT NULL");
      }
    }
    if (column.not_null && (parent == nullptr || !parent->not_null)) element.Write("NOT NULL");
    if (element.text().size() > bare) elements.push_back(element.Take());
  }
  return elements;
}

void AppendConstraints(const std::vector<const Constraint*>& constraints,
                       std::vector<std::string>& elements) {
  for (const Constraint* constraint : constraints) {
    SqlWriter element;
    WriteConstraint(*constraint, false, "", element);
    elements.push_back(element.Take());
  }
}

void WriteTableOptions(const Table& table, SqlWriter& sql) {
  if (table.partition_key) {
    sql.Write("PARTITION BY");
    if (table.partition_key->strategy == "range") {
      sql.Write("RANGE");
    } else if (table.partition_key->strategy == "list") {
      sql.Write("LIST");
    } else {
      sql.Write("HASH");
    }
    sql.Parenthesised(table.partition_key->elements.text);
  }
  if (!table.access_method.empty()) sql.Write("USING").Name(table.access_method);
  if (!table.options.empty()) sql.Write("WITH").OptionList(table.options);
  if (!table.tablespace.empty()) sql.Write("TABLESPACE").Name(table.tablespace);
}

// An inherited column has its parent's default and nullability until told otherwise.
void AppendInheritedDifferences(const Column& column, const Column* parent, Statements& actions) {
  if (!column.inherited || column.generated || column.identity) return;
  if (column.default_value && (parent == nullptr || parent->default_value != column.default_value)) {
    actions.push_back(SqlWriter()
                          .Write("ALTER COLUMN")
                          .Name(column.name)
                          .Write("SET DEFAULT")
                          .Sql(DefaultText(column.default_value->text))
                          .Take());
  } else if (!column.default_value && parent != nullptr && parent->default_value) {
    actions.push_back(SqlWriter().Write("ALTER COLUMN").Name(column.name).Write("DROP DEFAULT").Take());
  }
  if (column.not_null && (parent == nullptr || !parent->not_null)) {
    actions.push_back(SqlWriter().Write("ALTER COLUMN").Name(column.name).Write("SET NOT NULL").Take());
  }
}

// What CREATE TABLE has no words for, as actions of one ALTER TABLE.
Statements FollowUps(const Table& table, const std::vector<const Table*>& parents) {
  Statements actions;
  for (const Column& column : table.columns) {
    const Column* parent = ParentColumn(parents, column.name);
    if (!table.partition_of) AppendInheritedDifferences(column, parent, actions);
    // Storage comes from the parent; statistics and options do not (MergeAttributes, tablecmds.c).
    Column own = column;
    if (column.inherited && parent != nullptr && parent->storage == column.storage) own.storage.clear();
    for (std::string& action : ColumnFollowUps(own)) actions.push_back(std::move(action));
  }
  if (table.row_security) actions.emplace_back("ENABLE ROW LEVEL SECURITY");
  if (table.force_row_security) actions.emplace_back("FORCE ROW LEVEL SECURITY");
  if (table.replica_identity == "full") actions.emplace_back("REPLICA IDENTITY FULL");
  if (table.replica_identity == "nothing") actions.emplace_back("REPLICA IDENTITY NOTHING");
  return actions;
}

std::string AlterStatement(const schema::QualifiedName& table, const Statements& actions) {
  SqlWriter sql;
  sql.Write("ALTER TABLE").Name(table);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (i > 0) sql.Write(",");
    if (actions.size() > 1) sql.Break(1);
    sql.Sql(actions[i]);
  }
  return sql.Take();
}

}  // namespace

Statements CreateTable(const Table& table, const std::vector<const Table*>& parents,
                       const std::vector<const Constraint*>& constraints) {
  // A partition with columns of its own was a table before it was attached (pg_attribute.attislocal).
  const bool attach = table.partition_of && HasLocalColumns(table);
  SqlWriter sql;
  sql.Write("CREATE");
  if (table.unlogged) sql.Write("UNLOGGED");
  sql.Write("TABLE").Name(table.name);
  if (table.partition_of && !attach) {
    sql.Write("PARTITION OF").Name(table.partition_of->parent);
    std::vector<std::string> elements = PartitionColumns(table, parents);
    AppendConstraints(constraints, elements);
    if (!elements.empty()) WriteElements(elements, sql);
    sql.Sql(table.partition_of->bound.text);
  } else {
    std::vector<std::string> elements = LocalColumns(table, attach);
    AppendConstraints(constraints, elements);
    WriteElements(elements, sql);
    if (!table.inherits.empty()) {
      sql.Write("INHERITS (");
      for (std::size_t i = 0; i < table.inherits.size(); ++i) {
        if (i > 0) sql.Write(",");
        sql.Name(table.inherits[i]);
      }
      sql.Write(")");
    }
  }
  WriteTableOptions(table, sql);
  Statements statements{sql.Take()};
  if (attach) {
    statements.push_back(SqlWriter()
                             .Write("ALTER TABLE")
                             .Name(table.partition_of->parent)
                             .Write("ATTACH PARTITION")
                             .Name(table.name)
                             .Sql(table.partition_of->bound.text)
                             .Take());
  }
  const Statements actions = FollowUps(table, parents);
  if (!actions.empty()) statements.push_back(AlterStatement(table.name, actions));
  return statements;
}

}  // namespace schemac::emitters::postgres
