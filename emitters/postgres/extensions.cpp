#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {

Statements CreateSchema(const schema::Schema& schema) {
  return {SqlWriter().Write("CREATE SCHEMA").Name(schema.name).Take()};
}

Statements CreateExtension(const schema::Extension& extension) {
  SqlWriter sql;
  sql.Write("CREATE EXTENSION IF NOT EXISTS").Name(extension.name);
  if (!extension.schema.empty()) sql.Write("WITH SCHEMA").Name(extension.schema);
  if (!extension.version.empty()) sql.Write("VERSION").Literal(extension.version);
  return {sql.Take()};
}

Statements AlterExtension(const schema::Extension& from, const schema::Extension& to) {
  Statements statements;
  if (from.version != to.version) {
    SqlWriter sql;
    sql.Write("ALTER EXTENSION").Name(to.name).Write("UPDATE");
    if (!to.version.empty()) sql.Write("TO").Literal(to.version);
    statements.push_back(sql.Take());
  }
  if (from.schema != to.schema && !to.schema.empty()) {
    statements.push_back(
        SqlWriter().Write("ALTER EXTENSION").Name(to.name).Write("SET SCHEMA").Name(to.schema).Take());
  }
  return statements;
}

}  // namespace schemac::emitters::postgres
