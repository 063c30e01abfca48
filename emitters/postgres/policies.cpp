#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

void WriteCommand(const std::string& command, SqlWriter& sql) {
  if (command == "select") sql.Write("FOR SELECT");
  if (command == "insert") sql.Write("FOR INSERT");
  if (command == "update") sql.Write("FOR UPDATE");
  if (command == "delete") sql.Write("FOR DELETE");
}

}  // namespace

void WritePolicyClauses(const schema::Policy& policy, bool broken, SqlWriter& sql) {
  if (!policy.permissive) sql.Write("AS RESTRICTIVE");
  WriteCommand(policy.command, sql);
  for (std::size_t i = 0; i < policy.roles.size(); ++i) {
    if (i == 0) {
      sql.Write("TO");
    } else {
      sql.Write(",");
    }
    WriteRole(policy.roles[i], sql);
  }
  if (policy.using_expression) {
    if (broken) sql.Break(1);
    sql.Write("USING").Parenthesised(policy.using_expression->text);
  }
  if (policy.with_check) {
    if (broken) sql.Break(1);
    sql.Write("WITH CHECK").Parenthesised(policy.with_check->text);
  }
}

Statements CreatePolicy(const schema::Policy& policy) {
  SqlWriter sql;
  sql.Write("CREATE POLICY").Name(policy.name).Write("ON").Name(policy.table);
  WritePolicyClauses(policy, true, sql);
  return {sql.Take()};
}

}  // namespace schemac::emitters::postgres
