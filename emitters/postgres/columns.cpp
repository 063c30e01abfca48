#include "emitters/expression_text.h"
#include "emitters/postgres/spelling.h"
#include "schema/edit/names.h"

namespace schemac::emitters::postgres {

void WriteIdentity(const schema::QualifiedName& table, const std::string& column,
                   const schema::Identity& identity, const schema::Type* type, SqlWriter& sql) {
  sql.Write("GENERATED");
  if (identity.kind == schema::IdentityKind::Always) {
    sql.Write("ALWAYS");
  } else {
    sql.Write("BY DEFAULT");
  }
  sql.Write("AS IDENTITY");
  SqlWriter options(sql.style());
  if (!identity.sequence_name.empty() &&
      identity.sequence_name != schema::MakeObjectName(table.name, column, "seq")) {
    options.Write("SEQUENCE NAME").Name(schema::QualifiedName{table.schema, identity.sequence_name});
  }
  WriteSequenceOptions(identity.options, type, options);
  if (!options.text().empty()) sql.Parenthesised(options.text());
}

void WriteColumnValue(const schema::QualifiedName& table, const schema::Column& column, SqlWriter& sql) {
  if (column.generated) {
    sql.Write("GENERATED ALWAYS AS").Parenthesised(column.generated->text).Write("STORED");
  } else if (column.identity) {
    WriteIdentity(table, column.name, *column.identity, &column.type, sql);
  } else if (column.default_value) {
    sql.Write("DEFAULT").Sql(DefaultText(column.default_value->text));
  }
}

void WriteColumn(const schema::QualifiedName& table, const schema::Column& column, SqlWriter& sql) {
  sql.Name(column.name).Type(column.type);
  if (!column.compression.empty()) sql.Write("COMPRESSION").Name(column.compression);
  if (column.collation) sql.Write("COLLATE").CatalogName(*column.collation);
  WriteColumnValue(table, column, sql);
  if (column.not_null) sql.Write("NOT NULL");
}

Statements ColumnFollowUps(const schema::Column& column) {
  Statements actions;
  if (!column.storage.empty()) {
    actions.push_back(
        SqlWriter().Write("ALTER COLUMN").Name(column.name).Write("SET STORAGE").Name(column.storage).Take());
  }
  if (column.statistics) {
    actions.push_back(SqlWriter()
                          .Write("ALTER COLUMN")
                          .Name(column.name)
                          .Write("SET STATISTICS")
                          .Number(*column.statistics)
                          .Take());
  }
  if (!column.options.empty()) {
    actions.push_back(
        SqlWriter().Write("ALTER COLUMN").Name(column.name).Write("SET").OptionList(column.options).Take());
  }
  return actions;
}

}  // namespace schemac::emitters::postgres
