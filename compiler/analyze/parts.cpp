#include "compiler/analyze/parts.h"

#include <fmt/format.h>

#include "compiler/analyze/member_text.h"
#include "compiler/analyze/words.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"

namespace schemac::analyze {

using schema::ObjectKind;

namespace {

schema::QualifiedName NameOf(const Relation& relation) { return relation.address.qualified(); }

// `for each row execute f()`: we let FUNCTION be left out.
void AddTriggerRest(Context& context, SqlTemplate& sql, const ast::SqlText& rest) {
  const std::string_view text = context.Text(rest.span);
  const std::vector<Word> words = ScanWords(text);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].kind != Word::Kind::Identifier || words[i].text != "execute" || !words[i + 1].IsName())
      continue;
    const Word& next = words[i + 1];
    // `execute function f()`, but a function may itself be called "function".
    const bool named = i + 2 < words.size() && words[i + 2].IsName();
    if (next.kind == Word::Kind::Identifier && (next.text == "function" || next.text == "procedure") && named)
      break;
    const auto split = rest.span.begin + static_cast<std::uint32_t>(words[i].end);
    const auto name = rest.span.begin + static_cast<std::uint32_t>(next.begin);
    sql.AddSource({rest.span.source, rest.span.begin, split})
        .Add("function", {rest.span.source, split, split + 1});
    sql.AddSource({rest.span.source, name, rest.span.end});
    return;
  }
  sql.AddSource(rest.span);
}

SqlTemplate AlterRelation(Context& context, const Relation& relation, Span place) {
  SqlTemplate sql(context.sources, place);
  sql.Add("ALTER TABLE").AddName(NameOf(relation), place);
  return sql;
}

}  // namespace

bool BuildIndex(Context& context, const Relation& relation, const ast::Index& index) {
  if (index.name) context.CheckName(*index.name);
  const auto* table = context.catalog.Get<schema::Table>(relation.address);
  if (table != nullptr && !CheckIndex(context, *table, index)) return false;
  SqlTemplate sql(context.sources, index.name ? index.name->span : index.span);
  AddIndexText(sql, index, NameOf(relation));
  return RunForPart(context, sql, relation.where, NameOf(relation), ObjectKind::Index, index.comment);
}

bool BuildTrigger(Context& context, const Relation& relation, const ast::Trigger& trigger) {
  context.CheckName(trigger.name);
  SqlTemplate sql(context.sources, trigger.span);
  sql.Add(trigger.constraint ? "CREATE CONSTRAINT TRIGGER" : "CREATE TRIGGER").AddName(trigger.name);
  sql.AddSource(trigger.events.span).Add("ON").AddName(NameOf(relation), trigger.span);
  AddTriggerRest(context, sql, trigger.rest);
  return RunForPart(context, sql, relation.where, NameOf(relation), ObjectKind::Trigger, trigger.comment);
}

bool BuildPolicy(Context& context, const Relation& relation, const ast::Policy& policy) {
  context.CheckName(policy.name);
  SqlTemplate sql(context.sources, policy.span);
  sql.Add("CREATE POLICY").AddName(policy.name).Add("ON").AddName(NameOf(relation), policy.span);
  if (policy.rest) sql.AddSource(policy.rest->span);
  return RunForPart(context, sql, relation.where, NameOf(relation), ObjectKind::Policy, policy.comment);
}

bool BuildRule(Context& context, const Relation& relation, const ast::Rule& rule) {
  context.CheckName(rule.name);
  SqlTemplate sql(context.sources, rule.span);
  sql.Add("CREATE RULE").AddName(rule.name).Add("AS").AddSource(rule.event.span).Add("TO");
  sql.AddName(NameOf(relation), rule.span).AddSource(rule.rest.span);
  return RunForPart(context, sql, relation.where, NameOf(relation), ObjectKind::Rule, rule.comment);
}

bool ApplySetting(Context& context, const Relation& relation, const ast::TableSetting& setting) {
  SqlTemplate sql = AlterRelation(context, relation, setting.span);
  switch (setting.kind) {
    case ast::TableSetting::Kind::RowSecurity:
      sql.Add("ENABLE ROW LEVEL SECURITY");
      break;
    case ast::TableSetting::Kind::ForceRowSecurity:
      sql.Add("FORCE ROW LEVEL SECURITY");
      break;
    case ast::TableSetting::Kind::ClusterOn:
      sql.Add("CLUSTER ON");
      if (!setting.words.empty()) sql.AddName(setting.words.back());
      break;
    case ast::TableSetting::Kind::Firing:
      for (std::size_t i = 0; i + 1 < setting.words.size(); ++i)
        sql.Add(setting.words[i].text, setting.words[i].span);
      if (!setting.words.empty()) sql.AddName(setting.words.back());
      break;
    case ast::TableSetting::Kind::ReplicaIdentity: {
      sql.Add("REPLICA IDENTITY");
      if (setting.words.size() > 2) {
        sql.Add("USING INDEX").AddName(setting.words.back());
      } else {
        for (const ast::Name& word : setting.words) sql.Add(word.text, word.span);
      }
      break;
    }
  }
  return context.Run(sql, relation.where);
}

bool ApplyGrant(Context& context, const Relation& relation, const ast::Grant& grant) {
  SqlTemplate sql(context.sources, grant.span);
  sql.Add(grant.revoke ? "REVOKE" : "GRANT").AddSource(grant.text.span);
  sql.Add("ON").AddName(NameOf(relation), grant.span).Add(grant.revoke ? "FROM" : "TO");
  if (grant.grantees) sql.AddSource(grant.grantees->span);
  return context.Run(sql, relation.where);
}

bool BuildPart(Context& context, const Relation& relation, const ast::TableMember& member) {
  return std::visit(
      Overloaded{
          [](const ast::Column&) { return true; },
          [](const ast::Constraint&) { return true; },
          [&](const ast::Index& index) { return BuildIndex(context, relation, index); },
          [&](const ast::AttachedPart& part) { return NameAttached(context, relation, part); },
          [&](const ast::Trigger& trigger) { return BuildTrigger(context, relation, trigger); },
          [&](const ast::Policy& policy) { return BuildPolicy(context, relation, policy); },
          [&](const ast::Rule& rule) { return BuildRule(context, relation, rule); },
          [&](const ast::TableSetting& setting) { return ApplySetting(context, relation, setting); },
          [&](const ast::Grant& grant) { return ApplyGrant(context, relation, grant); },
      },
      member);
}

void BuildIndexes(Context& context, const TableUnit& table) {
  if (!table.usable) return;
  const Relation relation{table.where, table.address()};
  // What comes from the parent is there already: once it has its name, the names of others are free.
  for (const MemberUse& use : table.members) {
    if (std::holds_alternative<ast::AttachedPart>(*use.member)) BuildPart(context, relation, *use.member);
  }
  for (const MemberUse& use : table.members) {
    if (std::holds_alternative<ast::Index>(*use.member)) BuildPart(context, relation, *use.member);
  }
}

void BuildParts(Context& context, const TableUnit& table) {
  if (!table.usable || table.parts.empty()) return;
  const Relation relation{table.where, table.address()};
  const auto build = [&](bool settings) {
    for (const MemberUse& use : table.parts) {
      const bool setting = std::holds_alternative<ast::TableSetting>(*use.member);
      if (setting == settings) BuildPart(context, relation, *use.member);
    }
  };
  build(false);
  build(true);  // They speak of indexes, triggers and rules.
}

}  // namespace schemac::analyze
