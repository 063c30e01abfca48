#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

void WriteDefinition(const std::string& definition, SqlWriter& sql) {
  if (definition.starts_with("(")) {
    sql.Attached(definition);
  } else {
    sql.Sql(definition);
  }
}

}  // namespace

void WriteFiring(schema::FiringMode firing, SqlWriter& sql) {
  switch (firing) {
    case schema::FiringMode::Origin:
      sql.Write("ENABLE");
      return;
    case schema::FiringMode::Disabled:
      sql.Write("DISABLE");
      return;
    case schema::FiringMode::Replica:
      sql.Write("ENABLE REPLICA");
      return;
    case schema::FiringMode::Always:
      sql.Write("ENABLE ALWAYS");
      return;
  }
}

Statements CreateFunction(const schema::Function& function, bool or_replace, const SqlStyle& style) {
  SqlWriter sql(style);
  sql.Write("CREATE");
  if (or_replace) sql.Write("OR REPLACE");
  if (function.procedure) {
    sql.Write("PROCEDURE");
  } else {
    sql.Write("FUNCTION");
  }
  sql.Name(function.name);
  WriteDefinition(function.definition.text, sql);
  return {sql.Take()};
}

Statements CreateAggregate(const schema::Aggregate& aggregate, const SqlStyle& style) {
  SqlWriter sql(style);
  sql.Write("CREATE AGGREGATE").Name(aggregate.name);
  WriteDefinition(aggregate.definition.text, sql);
  return {sql.Take()};
}

Statements CreateTrigger(const schema::Trigger& trigger) {
  SqlWriter sql;
  sql.Write("CREATE");
  if (trigger.constraint) sql.Write("CONSTRAINT");
  sql.Write("TRIGGER").Name(trigger.name).Sql(trigger.definition.text);
  Statements statements{sql.Take()};
  if (trigger.firing != schema::FiringMode::Origin) {
    SqlWriter alter;
    alter.Write("ALTER TABLE").Name(trigger.table);
    WriteFiring(trigger.firing, alter);
    statements.push_back(alter.Write("TRIGGER").Name(trigger.name).Take());
  }
  return statements;
}

Statements CreateRule(const schema::Rule& rule) {
  Statements statements{SqlWriter().Write("CREATE RULE").Name(rule.name).Sql(rule.definition.text).Take()};
  if (rule.firing != schema::FiringMode::Origin) {
    SqlWriter alter;
    alter.Write("ALTER TABLE").Name(rule.table);
    WriteFiring(rule.firing, alter);
    statements.push_back(alter.Write("RULE").Name(rule.name).Take());
  }
  return statements;
}

Statements CreateStatistics(const schema::Statistics& statistics, const SqlStyle& style) {
  Statements statements{SqlWriter(style)
                            .Write("CREATE STATISTICS")
                            .Name(statistics.name)
                            .Sql(statistics.definition.text)
                            .Take()};
  if (statistics.target) {
    Statements target = AlterStatisticsTarget(statistics);
    statements.insert(statements.end(), target.begin(), target.end());
  }
  return statements;
}

Statements AlterStatisticsTarget(const schema::Statistics& statistics) {
  return {SqlWriter()
              .Write("ALTER STATISTICS")
              .Name(statistics.name)
              .Write("SET STATISTICS")
              .Number(statistics.target.value_or(-1))
              .Take()};
}

Statements CreateEventTrigger(const schema::EventTrigger& trigger, const SqlStyle& style) {
  Statements statements{
      SqlWriter(style).Write("CREATE EVENT TRIGGER").Name(trigger.name).Sql(trigger.definition.text).Take()};
  if (trigger.firing != schema::FiringMode::Origin) {
    Statements firing = AlterEventTriggerFiring(trigger);
    statements.insert(statements.end(), firing.begin(), firing.end());
  }
  return statements;
}

Statements AlterEventTriggerFiring(const schema::EventTrigger& trigger) {
  SqlWriter sql;
  sql.Write("ALTER EVENT TRIGGER").Name(trigger.name);
  WriteFiring(trigger.firing, sql);
  return {sql.Take()};
}

}  // namespace schemac::emitters::postgres
