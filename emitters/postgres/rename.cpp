#include "compiler/support/quote.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

// What stands behind ALTER for a part of a table and before its new name.
void WritePartRename(const plan::RenameObject& step, SqlWriter& sql) {
  const ObjectAddress& from = step.from;
  const schema::QualifiedName table = from.qualified();
  switch (from.kind) {
    case ObjectKind::Column:
      if (std::holds_alternative<schema::Composite>(step.object)) {
        sql.Write("TYPE")
            .Type({table.schema, table.name, "", false})
            .Write("RENAME ATTRIBUTE")
            .Name(from.member);
        return;
      }
      sql.Sql(SpellAddress(
          {std::holds_alternative<schema::View>(step.object) ? ObjectKind::View : ObjectKind::Table,
           from.schema, from.name, ""},
          step.object));
      sql.Write("RENAME COLUMN").Name(from.member);
      return;
    case ObjectKind::Constraint:
      if (std::holds_alternative<schema::Domain>(step.object)) {
        sql.Write("DOMAIN").Type({table.schema, table.name, "", false});
      } else {
        sql.Write("TABLE").Name(table);
      }
      sql.Write("RENAME CONSTRAINT").Name(from.member);
      return;
    default:
      sql.Sql(SpellAddress(from, step.object)).Write("RENAME");
      return;
  }
}

}  // namespace

Statements SpellRename(const plan::RenameObject& step) {
  const ObjectAddress& from = step.from;
  const ObjectAddress& to = step.to;
  Statements statements;
  if (schema::IsLabel(from)) {
    return {SqlWriter()
                .Write("ALTER TYPE")
                .Type({from.schema, from.name, "", false})
                .Write("RENAME VALUE")
                .Literal(from.member)
                .Write("TO")
                .Literal(to.member)
                .Take()};
  }
  if (schema::OwnName(from) != schema::OwnName(to)) {
    SqlWriter sql;
    sql.Write("ALTER");
    if (schema::IsTablePart(from.kind)) {
      WritePartRename(step, sql);
    } else {
      sql.Sql(SpellAddress(from, step.object)).Write("RENAME");
    }
    statements.push_back(sql.Write("TO").Name(schema::OwnName(to)).Take());
  }
  if (from.schema != to.schema && !schema::IsTablePart(from.kind)) {
    ObjectAddress moved = from;
    schema::SetOwnName(moved, schema::OwnName(to));
    statements.push_back(SqlWriter()
                             .Write("ALTER")
                             .Sql(SpellAddress(moved, step.object))
                             .Write("SET SCHEMA")
                             .Name(to.schema)
                             .Take());
  }
  return statements;
}

}  // namespace schemac::emitters::postgres
