// The items of a model diff, `alter table` apart.
#include <algorithm>

#include "compiler/parse/builder.h"
#include "compiler/support/overloaded.h"

namespace schemac::parse {

void Builder::BuildModelDiff(P::ModelDiffContext& context, ast::File& file) {
  file.revision = BuildRevision(context);
  for (auto* each : context.diffItem()) {
    if (auto item = BuildDiffItem(*each)) file.changes.push_back(std::move(*item));
  }
}

ast::Revision Builder::BuildRevision(P::ModelDiffContext& context) {
  ast::Revision revision;
  const auto id = [&](P::RevisionIdContext& each) {
    if (auto* string = each.string()) return BuildString(*string);
    if (each.start->getType() == P::QUOTED_IDENTIFIER) return BuildQuoted(*each.start);
    return Raw(each);  // Also the stem of a file: its case is kept.
  };
  P::RevisionClauseContext* clause = context.revisionClause();
  if (clause != nullptr && IsWhole(*clause)) {
    revision.id = id(*clause->revisionId());
    revision.span = SpanOf(*clause);
  }
  if (auto* revises = context.revisesClause(); revises != nullptr && IsWhole(*revises)) {
    for (auto* each : revises->revisionId()) revision.revises.push_back(id(*each));
  }
  if (auto* message = context.messageClause(); message != nullptr && IsWhole(*message)) {
    revision.message = BuildText(*message->text());
  }
  if (auto* profile = context.profileClause(); profile != nullptr && IsWhole(*profile)) {
    revision.profile = BuildName(*profile->identifier());
  }
  return revision;
}

std::optional<ast::DiffItem> Builder::BuildDiffItem(P::DiffItemContext& context) {
  if (!IsWhole(context)) return std::nullopt;
  if (context.item() != nullptr) return BuildAddOrReplace(context);
  if (auto* object = context.sqlObject()) return ast::AddItem{BuildSqlObject(*object), SpanOf(context)};
  if (auto* grant = context.grantItem()) return ast::AddItem{BuildGrantItem(*grant), SpanOf(context)};
  if (auto* seed = context.dropSeed()) {
    return ast::SeedChange{BuildSeed(*seed->seed()), ast::SeedChange::Kind::Drop, SpanOf(context)};
  }
  if (auto* drop = context.drop()) return BuildDrop(*drop);
  if (auto* rename = context.rename()) return BuildRename(*rename);
  if (auto* table = context.alterTable()) return BuildAlterTable(*table);
  if (auto* enumeration = context.alterEnum()) return BuildAlterEnum(*enumeration);
  if (auto* object = context.alterObject()) return BuildAlterObject(*object);
  if (auto* backfill = context.backfill()) return BuildBackfill(*backfill);
  if (auto* block = context.sqlBlock()) return BuildSqlBlock(*block);
  if (auto* allow = context.allow()) return BuildAllow(*allow);
  return BuildSchemaDirective(*context.schemaDirective());
}

std::optional<ast::DiffItem> Builder::BuildAddOrReplace(P::DiffItemContext& context) {
  const Span span = SpanOf(context);
  const bool add = context.ADD() != nullptr;
  std::optional<ast::Item> item = BuildItem(*context.item());
  if (!item) return std::nullopt;
  // The documentation stands before `add`.
  const auto take = [&](auto& commented) { commented.comment = TakeDocumentation(*context.start); };
  std::visit(Overloaded{
                 [&](ast::SchemaDirective& directive) { take(directive); },
                 [&](ast::Extension& extension) { take(extension); },
                 [&](ast::Enum& enumeration) { take(enumeration); },
                 [](ast::Mixin&) {},
                 [&](ast::Table& table) { take(table); },
                 [&](ast::SqlObject& object) {
                   if (!object.name.name.text.empty()) take(object);
                 },
                 [](ast::Seed&) {},
                 [&](ast::Raw& raw) { take(raw); },
                 [](ast::Grant&) {},
             },
             *item);
  if (auto* seed = std::get_if<ast::Seed>(&*item)) {
    const auto kind = add ? ast::SeedChange::Kind::Add : ast::SeedChange::Kind::Replace;
    return ast::SeedChange{std::move(*seed), kind, span};
  }
  if (add) return ast::AddItem{std::move(*item), span};
  return ast::ReplaceItem{std::move(*item), span};
}

ast::QualifiedName Builder::BuildTargetName(P::TargetNameContext& context) {
  if (auto* name = context.qualifiedName()) return BuildQualifiedName(*name);
  return {std::nullopt, BuildString(*context.string()), SpanOf(context)};
}

ast::Target Builder::BuildTarget(P::TargetContext& context) {
  ast::Target target;
  target.kind = Words(*context.objectKind());
  target.name = BuildTargetName(*context.targetName());
  if (context.table_ != nullptr) target.table = BuildQualifiedName(*context.table_);
  if (context.arguments != nullptr) target.arguments = Inside(*context.arguments);
  target.span = SpanOf(context);
  return target;
}

ast::DropItem Builder::BuildDrop(P::DropContext& context) {
  ast::DropItem drop;
  drop.target = BuildTarget(*context.target());
  if (auto* value = context.value()) drop.restore = Text(*value);
  drop.concurrently = context.CONCURRENTLY() != nullptr || context.target()->CONCURRENTLY() != nullptr;
  drop.span = SpanOf(context);
  return drop;
}

ast::RenameItem Builder::BuildRename(P::RenameContext& context) {
  return {BuildTarget(*context.target()), BuildQualifiedName(*context.qualifiedName()), SpanOf(context)};
}

ast::SetComment Builder::BuildSetComment(P::CommentActionContext& context) {
  ast::SetComment comment;
  if (auto* target = context.target()) comment.target = BuildTarget(*target);
  if (auto* string = context.string()) comment.text = BuildString(*string);
  comment.span = SpanOf(context);
  return comment;
}

ast::AlterEnum Builder::BuildAlterEnum(P::AlterEnumContext& context) {
  ast::AlterEnum alter;
  alter.name = BuildQualifiedName(*context.qualifiedName());
  alter.span = SpanOf(context);
  for (auto* action : context.enumAction()) {
    if (!IsWhole(*action)) continue;
    if (auto* comment = action->commentAction()) {
      alter.actions.emplace_back(BuildSetComment(*comment));
      continue;
    }
    std::vector<ast::Name> labels;
    for (auto* label : action->label()) labels.push_back(BuildLabel(*label));
    const auto second = [&](bool meant) { return meant ? std::optional(labels.at(1)) : std::nullopt; };
    if (action->ADD() != nullptr) {
      alter.actions.emplace_back(ast::AlterEnum::Add{labels.at(0), second(action->BEFORE() != nullptr),
                                                     second(action->AFTER() != nullptr)});
    } else if (action->RENAME() != nullptr) {
      alter.actions.emplace_back(ast::AlterEnum::RenameLabel{labels.at(0), labels.at(1)});
    } else if (action->DROP() != nullptr) {
      alter.actions.emplace_back(ast::AlterEnum::DropLabel{labels.at(0), second(action->MAP() != nullptr)});
    } else {
      alter.actions.emplace_back(ast::AlterEnum::Reorder{std::move(labels)});
    }
  }
  return alter;
}

ast::AlterObject Builder::BuildAlterObject(P::AlterObjectContext& context) {
  ast::AlterObject alter;
  alter.target.kind = Words(*context.plainKind());
  alter.target.name = BuildTargetName(*context.targetName());
  if (context.table_ != nullptr) alter.target.table = BuildQualifiedName(*context.table_);
  if (context.arguments != nullptr) alter.target.arguments = Inside(*context.arguments);
  alter.target.span = Cover(alter.target.kind.span, alter.target.name.span);
  alter.span = SpanOf(context);
  for (auto* action : context.objectAction()) {
    if (!IsWhole(*action)) continue;
    if (auto* comment = action->commentAction()) {
      alter.actions.emplace_back(BuildSetComment(*comment));
    } else {
      P::SqlRunContext& run = *action->objectAlterAction()->sqlRun();
      alter.actions.emplace_back(ast::AlterAction{Text(run), SpanOf(*action)});
    }
  }
  return alter;
}

ast::Backfill Builder::BuildBackfill(P::BackfillContext& context) {
  P::QualifiedNameContext& table = *context.qualifiedName();
  return {Text(*table.start, *context.sqlRun()), BuildQualifiedName(table), SpanOf(context)};
}

ast::SqlBlock Builder::BuildSqlBlock(P::SqlBlockContext& context) {
  ast::SqlBlock block;
  block.title = BuildText(*context.text());
  BuildUpAndDown(*context.upAndDown(), block.up, block.down);
  block.span = SpanOf(context);
  return block;
}

ast::Allow Builder::BuildAllow(P::AllowContext& context) {
  ast::Allow allow;
  for (auto* hazard : context.hazard()) {
    ast::Name name = Words(*hazard);
    std::erase(name.text, ' ');
    allow.hazards.push_back(std::move(name));
  }
  allow.span = SpanOf(context);
  return allow;
}

}  // namespace schemac::parse
