#include "compiler/analyze/member_text.h"

#include <fmt/format.h>

#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"

namespace schemac::analyze {
namespace {

std::string_view DeferralText(ast::Deferral deferral) {
  switch (deferral) {
    case ast::Deferral::None:
      return "";
    case ast::Deferral::NotDeferrable:
      return "NOT DEFERRABLE";
    case ast::Deferral::Deferrable:
      return "DEFERRABLE";
    case ast::Deferral::InitiallyDeferred:
      return "DEFERRABLE INITIALLY DEFERRED";
  }
  return "";
}

void AddElement(SqlTemplate& sql, const ast::IndexElement& element) {
  sql.At(element.span);
  if (element.column) sql.AddName(*element.column);
  if (element.expression) sql.AddSource(element.expression->span);
  if (element.collation) sql.Add("COLLATE").AddName(*element.collation);
  if (element.operator_class) sql.AddName(*element.operator_class);
  if (element.operator_class_options) sql.Add("(").AddSource(element.operator_class_options->span).Add(")");
  if (element.descending) sql.Add(*element.descending ? "DESC" : "ASC");
  if (element.nulls_first) sql.Add(*element.nulls_first ? "NULLS FIRST" : "NULLS LAST");
  if (element.exclusion_operator) sql.Add("WITH").AddSource(element.exclusion_operator->span);
}

void AddElements(SqlTemplate& sql, const std::vector<ast::IndexElement>& elements) {
  sql.Add("(");
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i > 0) sql.Add(",");
    AddElement(sql, elements[i]);
  }
  sql.Add(")");
}

void AddKey(SqlTemplate& sql, const ast::Constraint& constraint, const ast::Name* column) {
  if (constraint.nulls_not_distinct) sql.Add("NULLS NOT DISTINCT");
  sql.AddNames(column != nullptr && constraint.columns.empty() ? std::vector<ast::Name>{*column}
                                                               : constraint.columns);
}

void AddForeignKey(SqlTemplate& sql, const ast::ForeignKeyClause& key) {
  sql.Add("REFERENCES").AddName(key.table);
  if (!key.columns.empty()) sql.AddNames(key.columns);
  if (key.actions) sql.AddSource(key.actions->span);
}

bool CheckColumns(Context& context, const schema::Table& table, const std::vector<ast::Name>& columns) {
  bool known = true;
  for (const ast::Name& column : columns) known = context.CheckColumn(table, column) && known;
  return known;
}

bool CheckElements(Context& context, const schema::Table& table,
                   const std::vector<ast::IndexElement>& elements) {
  bool known = true;
  for (const ast::IndexElement& element : elements) {
    if (element.column) known = context.CheckColumn(table, *element.column) && known;
  }
  return known;
}

}  // namespace

bool StandsInCreateTable(const ast::Constraint& constraint) {
  return constraint.kind != ast::ConstraintKind::ForeignKey && !constraint.not_valid &&
         (constraint.comment.empty() || constraint.name);
}

void AddConstraintText(SqlTemplate& sql, const ast::Constraint& constraint, const ast::Name* column) {
  sql.At(constraint.span);
  if (constraint.name) sql.Add("CONSTRAINT").AddName(*constraint.name);
  switch (constraint.kind) {
    case ast::ConstraintKind::PrimaryKey:
      sql.Add("PRIMARY KEY");
      AddKey(sql, constraint, column);
      break;
    case ast::ConstraintKind::Unique:
      sql.Add("UNIQUE");
      AddKey(sql, constraint, column);
      break;
    case ast::ConstraintKind::ForeignKey:
      sql.Add("FOREIGN KEY");
      AddKey(sql, constraint, column);
      if (constraint.foreign_key) AddForeignKey(sql, *constraint.foreign_key);
      break;
    case ast::ConstraintKind::Check:
      sql.Add("CHECK (");
      if (constraint.check) sql.AddSource(constraint.check->span);
      sql.Add(")");
      break;
    case ast::ConstraintKind::Exclusion:
      sql.Add("EXCLUDE");
      if (constraint.method) sql.Add("USING").AddName(*constraint.method);
      AddElements(sql, constraint.elements);
      break;
  }
  if (!constraint.include.empty()) sql.Add("INCLUDE").AddNames(constraint.include);
  if (!constraint.options.empty()) sql.Add("WITH").AddOptions(constraint.options);
  if (constraint.tablespace) sql.Add("USING INDEX TABLESPACE").AddName(*constraint.tablespace);
  if (constraint.where) sql.Add("WHERE (").AddSource(constraint.where->span).Add(")");
  if (constraint.deferral != ast::Deferral::None) sql.Add(DeferralText(constraint.deferral));
  if (constraint.no_inherit) sql.Add("NO INHERIT");
  if (constraint.not_valid) sql.Add("NOT VALID");
}

bool CheckConstraint(Context& context, const schema::Table& table, const Namespace& where,
                     const ast::Constraint& constraint) {
  bool known = CheckColumns(context, table, constraint.columns);
  known = CheckColumns(context, table, constraint.include) && known;
  known = CheckElements(context, table, constraint.elements) && known;
  if (!constraint.foreign_key) return known;
  const auto address = context.FindRelation(constraint.foreign_key->table, where);
  if (!address) return false;
  const auto* referenced = context.catalog.Get<schema::Table>(*address);
  if (referenced == nullptr) return known;  // A view or the like: PostgreSQL's own message tells.
  return CheckColumns(context, *referenced, constraint.foreign_key->columns) && known;
}

bool CheckIndex(Context& context, const schema::Table& table, const ast::Index& index) {
  const bool known = CheckElements(context, table, index.elements);
  return CheckColumns(context, table, index.include) && known;
}

void AddIndexText(SqlTemplate& sql, const ast::Index& index, const schema::QualifiedName& relation) {
  sql.Add(index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX");
  if (index.name) sql.AddName(*index.name);
  sql.Add(index.only ? "ON ONLY" : "ON").AddName(relation, index.span);
  if (index.method) sql.Add("USING").AddName(*index.method);
  AddElements(sql, index.elements);
  sql.At(index.span);
  if (!index.include.empty()) sql.Add("INCLUDE").AddNames(index.include);
  if (index.nulls_not_distinct) sql.Add("NULLS NOT DISTINCT");
  if (!index.options.empty()) sql.Add("WITH").AddOptions(index.options);
  if (index.tablespace) sql.Add("TABLESPACE").AddName(*index.tablespace);
  if (index.where) sql.Add("WHERE").AddSource(index.where->span);
}

template <typename Write>
void ColumnText::Part(Span place, const Write& write) {
  const int part = (*next_part_)++;
  if (left_out_->count(part) > 0) return;
  sql_.Open(part);
  sql_.At(place);
  write();
  sql_.Close();
}

void ColumnText::Add(const ast::Column& column, const schema::Type* type) {
  static const schema::Type kText{"", "text", "", false};
  const schema::Type& known = type ? *type : kText;
  sql_.At(column.span).AddName(column.name);
  if (type) {
    sql_.AddSource(column.type.span);
  } else {
    sql_.Add("text", column.type.span);
  }
  if (column.compression) {
    Part(column.compression->span, [&] { sql_.Add("COMPRESSION").AddName(*column.compression); });
  }
  if (column.collation) Part(column.collation->span, [&] { sql_.Add("COLLATE").AddName(*column.collation); });
  if (column.nullable) Part(column.span, [&] { sql_.Add(*column.nullable ? "NULL" : "NOT NULL"); });
  if (column.default_value) {
    const auto* json = std::get_if<ast::JsonText>(&*column.default_value);
    if (json == nullptr || context_.JsonLiteral(*json, known)) {
      Part(column.span, [&] {
        sql_.Add("DEFAULT");
        context_.AddValue(sql_, *column.default_value, known);
      });
    }
  }
  if (column.generated) {
    Part(column.generated->span,
         [&] { sql_.Add("GENERATED ALWAYS AS (").AddSource(column.generated->span).Add(") STORED"); });
  }
  if (column.identity) {
    Part(column.span, [&] {
      sql_.Add(column.identity->always ? "GENERATED ALWAYS AS IDENTITY" : "GENERATED BY DEFAULT AS IDENTITY");
      if (column.identity->options) sql_.Add("(").AddSource(column.identity->options->span).Add(")");
    });
  }
}

void SetColumnAttributes(Context& context, const Namespace& where, const schema::QualifiedName& table,
                         const ast::Column& column) {
  const auto alter = [&](Span place, const auto& write) {
    SqlTemplate sql(context.sources, place);
    sql.Add("ALTER TABLE").AddName(table, place).Add("ALTER COLUMN").AddName(column.name);
    write(sql);
    context.Run(sql, where);
  };
  if (column.storage) {
    alter(column.storage->span, [&](SqlTemplate& sql) { sql.Add("SET STORAGE").AddName(*column.storage); });
  }
  if (column.statistics) {
    alter(column.statistics->span,
          [&](SqlTemplate& sql) { sql.Add("SET STATISTICS").AddSource(column.statistics->span); });
  }
  if (!column.options.empty()) {
    alter(column.options->front().key.span,
          [&](SqlTemplate& sql) { sql.Add("SET").AddOptions(column.options); });
  }
}

}  // namespace schemac::analyze
