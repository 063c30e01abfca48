#include "emitters/expression_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {

Statements CreateView(const schema::View& view, bool or_replace, const SqlStyle& style) {
  SqlWriter sql(style);
  sql.Write("CREATE");
  if (or_replace && !view.materialized) sql.Write("OR REPLACE");
  if (view.materialized) sql.Write("MATERIALIZED");
  sql.Write("VIEW").Name(view.name);
  if (view.explicit_columns) sql.NameList(view.columns);
  if (!view.access_method.empty()) sql.Write("USING").Name(view.access_method);
  if (!view.options.empty()) sql.Write("WITH").OptionList(view.options);
  if (!view.tablespace.empty()) sql.Write("TABLESPACE").Name(view.tablespace);
  sql.Write("AS").Break(0).Sql(view.query.text);
  if (view.with_no_data) sql.Break(0).Write("WITH NO DATA");
  Statements statements{sql.Take()};
  for (const auto& [column, value] : view.column_defaults) {
    statements.push_back(SqlWriter(style)
                             .Write("ALTER VIEW")
                             .Name(view.name)
                             .Write("ALTER COLUMN")
                             .Name(column)
                             .Write("SET DEFAULT")
                             .Sql(DefaultText(value.text))
                             .Take());
  }
  return statements;
}

}  // namespace schemac::emitters::postgres
