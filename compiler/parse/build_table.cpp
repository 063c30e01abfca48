// Tables, mixins and those members that have no file of their own.
#include "compiler/parse/builder.h"
#include "compiler/support/characters.h"
#include "compiler/support/overloaded.h"

namespace schemac::parse {

std::optional<ast::Table> Builder::BuildTable(P::TableContext& context) {
  P::TableHeadContext* head = context.tableHead();
  if (head == nullptr || head->qualifiedName() == nullptr || !IsWhole(*head->qualifiedName()))
    return std::nullopt;
  ast::Table table;
  table.comment = TakeDocumentation(*context.start);
  BuildTableHead(*head, table);
  table.members = BuildMembers(context.tableBody());
  table.foreign_targets = ast::ForeignTargetsOf(table.members);
  table.span = SpanOf(context);
  return table;
}

void Builder::BuildTableHead(P::TableHeadContext& context, ast::Table& table) {
  table.name = BuildQualifiedName(*context.qualifiedName());
  table.unlogged = !context.UNLOGGED().empty();
  for (auto* clause : context.tableClause()) {
    if (!IsWhole(*clause)) continue;
    if (auto* options = clause->storageOptions()) {
      Once(!table.options.empty(), *clause);
      table.options = BuildOptions(*options);
    } else if (!clause->mixins.empty()) {
      for (auto* mixin : clause->mixins) table.mixins.push_back(BuildName(*mixin));
    } else if (!clause->parents.empty()) {
      Once(!table.inherits.empty(), *clause);
      for (auto* parent : clause->parents) table.inherits.push_back(BuildQualifiedName(*parent));
    } else if (auto* key = clause->partitionKey()) {
      Once(table.partition_by.has_value(), *clause);
      table.partition_by = Text(*key);
    } else if (clause->partitioned != nullptr) {
      Once(table.partition_of.has_value(), *clause);
      table.partition_of = BuildQualifiedName(*clause->partitioned);
      table.partition_bound = Text(*clause->partitionBound());
    } else if (clause->method != nullptr) {
      Once(table.access_method.has_value(), *clause);
      table.access_method = BuildName(*clause->method);
    } else if (clause->tablespace != nullptr) {
      Once(table.tablespace.has_value(), *clause);
      table.tablespace = BuildName(*clause->tablespace);
    } else {
      Once(table.was.has_value(), *clause);
      table.was = BuildWas(clause->was());
    }
  }
}

ast::Mixin Builder::BuildMixin(P::MixinContext& context) {
  return {BuildName(*context.identifier()), BuildMembers(context.tableBody()), SpanOf(context)};
}

std::vector<ast::TableMember> Builder::BuildMembers(P::TableBodyContext* context) {
  std::vector<ast::TableMember> members;
  if (context == nullptr) return members;
  for (auto* each : context->member()) {
    if (auto member = BuildMember(*each)) members.push_back(std::move(*member));
  }
  return members;
}

std::optional<ast::TableMember> Builder::BuildMember(P::MemberContext& context) {
  if (!IsWhole(context)) return std::nullopt;
  ast::TableMember member = BuildMemberWithoutComment(context);
  const auto take = [&](auto& commented) { commented.comment = TakeDocumentation(*context.start); };
  std::visit(Overloaded{
                 [&](ast::Column& column) { take(column); },
                 [&](ast::Constraint& constraint) { take(constraint); },
                 [&](ast::Index& index) { take(index); },
                 [&](ast::AttachedPart& part) { take(part); },
                 [&](ast::Trigger& trigger) { take(trigger); },
                 [&](ast::Policy& policy) { take(policy); },
                 [&](ast::Rule& rule) { take(rule); },
                 // Settings and grants are no objects: nothing to comment on.
                 [](ast::TableSetting&) {},
                 [](ast::Grant&) {},
             },
             member);
  return member;
}

ast::TableMember Builder::BuildMemberWithoutComment(P::MemberContext& context) {
  if (auto* part = context.attachedPart()) return BuildAttachedPart(*part);
  if (auto* constraint = context.tableConstraint()) return BuildTableConstraint(*constraint);
  if (auto* index = context.index()) return BuildIndex(*index);
  if (auto* trigger = context.trigger()) return BuildTrigger(*trigger);
  if (auto* policy = context.policy()) return BuildPolicy(*policy);
  if (auto* rule = context.rule_()) return BuildRule(*rule);
  if (auto* setting = context.tableSetting()) return BuildTableSetting(*setting);
  if (auto* grant = context.grant()) return BuildGrant(*grant);
  return BuildColumn(*context.column());
}

ast::Trigger Builder::BuildTrigger(P::TriggerContext& context) {
  ast::Trigger trigger;
  trigger.name = BuildName(*context.identifier());
  trigger.constraint = context.CONSTRAINT() != nullptr;
  trigger.events = Text(*context.triggerEvents());
  trigger.rest = Text(*context.sqlRun());
  trigger.span = SpanOf(context);
  return trigger;
}

ast::Policy Builder::BuildPolicy(P::PolicyContext& context) {
  return {BuildName(*context.identifier()), Text(*context.policyClauses()), {}, SpanOf(context)};
}

ast::Rule Builder::BuildRule(P::Rule_Context& context) {
  return {BuildName(*context.identifier()),
          Text(*context.ruleEvent()),
          Text(*context.ruleRun()),
          {},
          SpanOf(context)};
}

ast::TableSetting Builder::BuildTableSetting(P::TableSettingContext& context) {
  ast::TableSetting setting;
  setting.span = SpanOf(context);
  const auto word = [&](antlr4::tree::TerminalNode* node) {
    if (node == nullptr) return;
    const antlr4::Token& token = *node->getSymbol();
    setting.words.push_back({Lower(input_.TextOf(token)), input_.SpanOf(token)});
  };
  if (context.DISABLE() != nullptr || context.TRIGGER() != nullptr || context.RULE() != nullptr) {
    setting.kind = ast::TableSetting::Kind::Firing;
    word(context.DISABLE());
    word(context.ENABLE());
    word(context.ALWAYS());
    word(context.REPLICA());
    word(context.TRIGGER());
    word(context.RULE());
  } else if (context.REPLICA() != nullptr) {
    setting.kind = ast::TableSetting::Kind::ReplicaIdentity;
    word(context.FULL());
    word(context.NOTHING());
    word(context.DEFAULT());
    word(context.USING());
    word(context.INDEX());
  } else if (context.CLUSTER() != nullptr) {
    setting.kind = ast::TableSetting::Kind::ClusterOn;
  } else if (context.FORCE() != nullptr) {
    setting.kind = ast::TableSetting::Kind::ForceRowSecurity;
  }
  if (auto* index = context.identifier()) setting.words.push_back(BuildName(*index));
  return setting;
}

ast::Grant Builder::BuildGrant(P::GrantContext& context) {
  ast::Grant grant;
  grant.text = Text(*context.privilegesRun());
  grant.grantees = Text(*context.sqlRun());
  grant.revoke = context.REVOKE() != nullptr;
  grant.span = SpanOf(context);
  return grant;
}

}  // namespace schemac::parse
