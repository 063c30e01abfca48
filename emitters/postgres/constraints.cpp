#include "compiler/support/check.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

using schema::ConstraintKind;
using schema::ForeignKeyAction;

void WriteForeignKeyAction(ForeignKeyAction action, SqlWriter& sql) {
  switch (action) {
    case ForeignKeyAction::NoAction:
      sql.Write("NO ACTION");
      return;
    case ForeignKeyAction::Restrict:
      sql.Write("RESTRICT");
      return;
    case ForeignKeyAction::Cascade:
      sql.Write("CASCADE");
      return;
    case ForeignKeyAction::SetNull:
      sql.Write("SET NULL");
      return;
    case ForeignKeyAction::SetDefault:
      sql.Write("SET DEFAULT");
      return;
  }
}

void WriteForeignKey(const schema::Constraint& constraint, SqlWriter& sql) {
  Check(constraint.foreign_key.has_value());
  const schema::ForeignKey& key = *constraint.foreign_key;
  sql.Write("FOREIGN KEY").NameList(constraint.columns).Write("REFERENCES").Name(key.table);
  if (!key.columns.empty()) sql.NameList(key.columns);
  if (key.match_full) sql.Write("MATCH FULL");
  if (key.on_update != ForeignKeyAction::NoAction) {
    sql.Write("ON UPDATE");
    WriteForeignKeyAction(key.on_update, sql);
  }
  if (key.on_delete != ForeignKeyAction::NoAction) {
    sql.Write("ON DELETE");
    WriteForeignKeyAction(key.on_delete, sql);
    if (!key.on_delete_columns.empty()) sql.NameList(key.on_delete_columns);
  }
}

// What primary keys, unique and exclusion constraints say about the index behind them.
void WriteIndexParameters(const schema::Constraint& constraint, SqlWriter& sql) {
  if (!constraint.include.empty()) sql.Write("INCLUDE").NameList(constraint.include);
  if (!constraint.options.empty()) sql.Write("WITH").OptionList(constraint.options);
  if (!constraint.tablespace.empty()) sql.Write("USING INDEX TABLESPACE").Name(constraint.tablespace);
}

void WriteExclusion(const schema::Constraint& constraint, SqlWriter& sql) {
  sql.Write("EXCLUDE");
  if (!constraint.method.empty()) sql.Write("USING").Name(constraint.method);
  sql.Write("(");
  for (std::size_t i = 0; i < constraint.elements.size(); ++i) {
    const schema::IndexElement& element = (*constraint.elements)[i];
    if (i > 0) sql.Write(",");
    WriteIndexElement(element, sql);
    sql.Write("WITH").Sql(element.exclusion_operator);
  }
  sql.Write(")");
  WriteIndexParameters(constraint, sql);
  if (constraint.where) sql.Write("WHERE").Parenthesised(constraint.where->text);
}

}  // namespace

void WriteDeferral(const schema::Constraint& constraint, SqlWriter& sql) {
  if (constraint.deferrable) sql.Write("DEFERRABLE");
  if (constraint.initially_deferred) sql.Write("INITIALLY DEFERRED");
}

void WriteConstraint(const schema::Constraint& constraint, bool not_valid, const std::string& using_index,
                     SqlWriter& sql) {
  sql.Write("CONSTRAINT").Name(constraint.name);
  WriteConstraintBody(constraint, not_valid, using_index, sql);
}

void WriteConstraintBody(const schema::Constraint& constraint, bool not_valid, const std::string& using_index,
                         SqlWriter& sql) {
  switch (constraint.kind) {
    case ConstraintKind::PrimaryKey:
    case ConstraintKind::Unique:
      if (constraint.kind == ConstraintKind::PrimaryKey) {
        sql.Write("PRIMARY KEY");
      } else {
        sql.Write("UNIQUE");
      }
      if (!using_index.empty()) {
        sql.Write("USING INDEX").Name(using_index);
        break;
      }
      if (constraint.nulls_not_distinct) sql.Write("NULLS NOT DISTINCT");
      sql.NameList(constraint.columns);
      WriteIndexParameters(constraint, sql);
      break;
    case ConstraintKind::ForeignKey:
      WriteForeignKey(constraint, sql);
      break;
    case ConstraintKind::Check:
      Check(constraint.check.has_value());
      sql.Write("CHECK").Parenthesised(constraint.check->text);
      if (constraint.no_inherit) sql.Write("NO INHERIT");
      break;
    case ConstraintKind::Exclusion:
      WriteExclusion(constraint, sql);
      break;
  }
  WriteDeferral(constraint, sql);
  if (not_valid || constraint.not_valid) sql.Write("NOT VALID");
}

}  // namespace schemac::emitters::postgres
