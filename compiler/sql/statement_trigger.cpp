// Triggers, rules, event triggers, aggregates and statistics: what is kept as the text behind its own name.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_routine.h"
#include "compiler/sql/statement_view.h"
#include "compiler/sql/statements.h"

namespace schemac::sql {

using schema::ObjectKind;
using schema::Table;

namespace {

ErrorOr<schema::Expression> DefinitionAfter(const Session& session, const PgQuery__Node& node,
                                            std::string_view keyword, const Table* table) {
  const Tokens& tokens = *session.tokens;
  return MakeDefinition(node, tokens, BeginAfterName(tokens, keyword), tokens.tokens().back().end,
                        ScopeOf(session, table));
}

// Adds a part of a table, or replaces it where OR REPLACE says so; comment and firing mode stay.
template <typename Part>
Done AddPart(Session& session, Part part, bool replace) {
  if (const auto* old = session.catalog->Get<Part>(schema::AddressOf(part)); old != nullptr && replace) {
    part.comment = old->comment;
    part.firing = old->firing;
    session.catalog->Put(std::move(part));
    return Ok();
  }
  return schema::Create(*session.catalog, std::move(part));
}

ErrorOr<schema::FiringMode> FiringOf(std::string_view letter) {
  if (letter == "O") return schema::FiringMode::Origin;
  if (letter == "D") return schema::FiringMode::Disabled;
  if (letter == "R") return schema::FiringMode::Replica;
  if (letter == "A") return schema::FiringMode::Always;
  return ErrorAt(-1, "unknown firing mode");
}

}  // namespace

Done CreateTrigger(Session& session, const PgQuery__Node& node) {
  const PgQuery__CreateTrigStmt& statement = *node.create_trig_stmt;
  if (session.temporary.contains(statement.relation->relname)) return Ok();
  const auto address = ResolveRelation(session, SplitName(*statement.relation), statement.relation->location);
  if (!address) return address.error();
  const Table table = TableOrView(session, *address);
  schema::Trigger trigger;
  trigger.table = address->qualified();
  trigger.name = statement.trigname;
  trigger.constraint = statement.isconstraint != 0;
  auto definition = DefinitionAfter(session, node, "trigger", &table);
  if (!definition) return definition.error();
  trigger.definition = std::move(*definition);
  return AddPart(session, std::move(trigger), statement.replace != 0);
}

Done CreateRule(Session& session, const PgQuery__Node& node) {
  const PgQuery__RuleStmt& statement = *node.rule_stmt;
  const auto address = ResolveRelation(session, SplitName(*statement.relation), statement.relation->location);
  if (!address) return address.error();
  if (std::string_view(statement.rulename) == "_RETURN") return MakeViewByRule(session, statement);
  const Table table = TableOrView(session, *address);
  schema::Rule rule;
  rule.table = address->qualified();
  rule.name = statement.rulename;
  auto definition = DefinitionAfter(session, node, "rule", &table);
  if (!definition) return definition.error();
  rule.definition = std::move(*definition);
  return AddPart(session, std::move(rule), statement.replace != 0);
}

Done CreateEventTrigger(Session& session, const PgQuery__Node& node) {
  const PgQuery__CreateEventTrigStmt& statement = *node.create_event_trig_stmt;
  schema::EventTrigger trigger;
  trigger.name = statement.trigname;
  auto definition = DefinitionAfter(session, node, "trigger", nullptr);
  if (!definition) return definition.error();
  trigger.definition = std::move(*definition);
  return schema::Create(*session.catalog, std::move(trigger));
}

Done AlterEventTrigger(Session& session, const PgQuery__AlterEventTrigStmt& statement) {
  auto* trigger = session.catalog->GetMutable<schema::EventTrigger>(
      {ObjectKind::EventTrigger, "", statement.trigname, ""});
  if (trigger == nullptr) {
    return ErrorAt(-1, fmt::format("event trigger \"{}\" does not exist", statement.trigname),
                   DiagnosticKind::UnknownName);
  }
  const auto firing = FiringOf(statement.tgenabled);
  if (!firing) return firing.error();
  trigger->firing = *firing;
  return Ok();
}

Done CreateAggregate(Session& session, const PgQuery__Node& node) {
  const PgQuery__DefineStmt& statement = *node.define_stmt;
  if (statement.oldstyle) return Unsupported(-1, "the old syntax of CREATE AGGREGATE");
  const auto name = NameForNew(session, SplitName({statement.defnames, statement.n_defnames}));
  if (!name) return name.error();
  schema::Aggregate aggregate;
  aggregate.name = *name;
  const NodeList parameters = statement.n_args > 0 ? ListItems(statement.args[0]) : NodeList{};
  for (const PgQuery__Node* parameter : parameters) {
    if (parameter->node_case != PG_QUERY__NODE__NODE_FUNCTION_PARAMETER) continue;
    auto type = RoutineType(session, *parameter->function_parameter->arg_type);
    if (!type) return type.error();
    aggregate.identity_arguments += (aggregate.identity_arguments.empty() ? "" : ", ") + IdentityType(*type);
  }
  SortDefinition(statement);
  auto definition = DefinitionAfter(session, node, "aggregate", nullptr);
  if (!definition) return definition.error();
  aggregate.definition = std::move(*definition);
  if (const auto* old = session.catalog->Get<schema::Aggregate>(schema::AddressOf(aggregate));
      old != nullptr && statement.replace) {
    aggregate.comment = old->comment;
    aggregate.privileges = old->privileges;
    session.catalog->Put(std::move(aggregate));
    return Ok();
  }
  return schema::Create(*session.catalog, std::move(aggregate));
}

// The server keeps columns in an order of its own, before expressions (statscmds.c, CreateStatistics). The
// text stays as written.
void SortElements(const PgQuery__CreateStatsStmt& statement) {
  std::ranges::stable_sort(std::span(statement.exprs, statement.n_exprs), {}, [](const PgQuery__Node* node) {
    const bool is_column =
        node->node_case == PG_QUERY__NODE__NODE_STATS_ELEM && node->stats_elem->expr == nullptr;
    return std::pair(!is_column, is_column ? std::string_view(node->stats_elem->name) : std::string_view());
  });
}

Done CreateStatistics(Session& session, const PgQuery__Node& node) {
  const PgQuery__CreateStatsStmt& statement = *node.create_stats_stmt;
  const auto name = NameForNew(session, SplitName({statement.defnames, statement.n_defnames}));
  if (!name) return name.error();
  if (session.catalog->Has({ObjectKind::Statistics, name->schema, name->name, ""}) && statement.if_not_exists)
    return Ok();
  if (statement.n_relations != 1 || statement.relations[0]->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) {
    return ErrorAt(-1, "only a single relation is allowed in CREATE STATISTICS");
  }
  const PgQuery__RangeVar& relation = *statement.relations[0]->range_var;
  const auto address = ResolveRelation(session, SplitName(relation), relation.location);
  if (!address) return address.error();
  const Table table = TableOrView(session, *address);
  schema::Statistics statistics;
  statistics.name = *name;
  SortElements(statement);
  auto definition = DefinitionAfter(session, node, statement.if_not_exists ? "exists" : "statistics", &table);
  if (!definition) return definition.error();
  statistics.definition = std::move(*definition);
  return schema::Create(*session.catalog, std::move(statistics));
}

Done AlterStatistics(Session& session, const PgQuery__AlterStatsStmt& statement) {
  const auto written = SplitName({statement.defnames, statement.n_defnames});
  const auto address = LookUpInPath(session, ObjectKind::Statistics, written);
  if (!address) {
    if (statement.missing_ok) return Ok();
    return ErrorAt(-1, fmt::format("statistics object \"{}\" does not exist", Written(written)),
                   DiagnosticKind::UnknownName);
  }
  auto* statistics = session.catalog->GetMutable<schema::Statistics>(*address);
  statistics->target =
      statement.stxstattarget < 0 ? std::nullopt : std::optional<int>(statement.stxstattarget);
  return Ok();
}

}  // namespace schemac::sql
