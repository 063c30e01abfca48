#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

// Broken before ON and WHERE when it is long.
void WriteClauses(const schema::Index& index, bool broken, SqlWriter& sql) {
  const auto next = [&] {
    if (broken) sql.Break(1);
  };
  next();
  sql.Write("ON");
  if (index.only) sql.Write("ONLY");
  sql.Name(index.table);
  WriteIndexBody(index, broken, sql);
}

}  // namespace

void WriteIndexBody(const schema::Index& index, bool broken, SqlWriter& sql) {
  if (index.method != "btree") sql.Write("USING").Name(index.method);
  sql.Write("(");
  for (std::size_t i = 0; i < index.elements.size(); ++i) {
    if (i > 0) sql.Write(",");
    WriteIndexElement(index.elements[i], sql);
  }
  sql.Write(")");
  if (!index.include.empty()) sql.Write("INCLUDE").NameList(index.include);
  if (index.nulls_not_distinct) sql.Write("NULLS NOT DISTINCT");
  if (!index.options.empty()) sql.Write("WITH").OptionList(index.options);
  if (!index.tablespace.empty()) sql.Write("TABLESPACE").Name(index.tablespace);
  if (index.where) {
    if (broken) sql.Break(1);
    sql.Write("WHERE").Sql(index.where->text);
  }
}

void WriteIndexElement(const schema::IndexElement& element, SqlWriter& sql) {
  if (!element.expression) {
    sql.Name(element.column);
  } else if (IsPlainCall(element.expression->text)) {
    sql.Sql(element.expression->text);
  } else {
    sql.Parenthesised(element.expression->text);
  }
  if (element.collation) sql.Write("COLLATE").CatalogName(*element.collation);
  if (element.operator_class) {
    sql.CatalogName(*element.operator_class);
    if (!element.operator_class_options.empty()) sql.Parenthesised(element.operator_class_options);
  }
  if (element.descending) sql.Write("DESC");
  if (element.nulls_first && !element.descending) sql.Write("NULLS FIRST");
  if (!element.nulls_first && element.descending) sql.Write("NULLS LAST");
}

Statements CreateIndex(const schema::Index& index, bool concurrently) {
  const schema::QualifiedName name{index.table.schema, index.name};
  Statements statements;
  // What a build that failed leaves behind is invalid and must not be taken for the index.
  if (concurrently)
    statements.push_back(SqlWriter().Write("DROP INDEX CONCURRENTLY IF EXISTS").Name(name).Take());
  SqlWriter head;
  head.Write("CREATE");
  if (index.unique) head.Write("UNIQUE");
  head.Write("INDEX");
  if (concurrently) head.Write("CONCURRENTLY IF NOT EXISTS");
  head.Name(index.name);
  SqlWriter line = head;
  WriteClauses(index, false, line);
  if (line.text().size() > kLineWidth) {
    line = head;
    WriteClauses(index, true, line);
  }
  statements.push_back(line.Take());
  if (!index.parent.empty()) {
    statements.push_back(
        SqlWriter().Write("ALTER INDEX").Sql(index.parent).Write("ATTACH PARTITION").Name(name).Take());
  }
  for (const auto& [column, target] : index.statistics) {
    statements.push_back(SqlWriter()
                             .Write("ALTER INDEX")
                             .Name(name)
                             .Write("ALTER COLUMN")
                             .Number(column)
                             .Write("SET STATISTICS")
                             .Number(target)
                             .Take());
  }
  return statements;
}

}  // namespace schemac::emitters::postgres
