#include <algorithm>

#include <fmt/format.h>

#include "compiler/analyze/builder.h"
#include "compiler/analyze/member_text.h"
#include "compiler/analyze/objects.h"
#include "compiler/analyze/revision.h"
#include "compiler/analyze/rows.h"
#include "compiler/support/overloaded.h"

namespace schemac::analyze {

using schema::Object;
using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

// What was said of columns that the view no longer has goes with them.
void ForgetColumns(schema::View& view) {
  if (view.columns.empty()) return;  // Not known.
  const auto gone = [&](const auto& entry) {
    return std::ranges::find(view.columns, entry.first) == view.columns.end();
  };
  const auto forget = [&](auto& said) {
    if (auto* entries = said.Held()) std::erase_if(*entries, gone);
  };
  forget(view.column_comments);
  forget(view.column_privileges);
  forget(view.column_defaults);
}

// What CREATE does not say stays as it was: comments, privileges, what has been set on a view's columns, when
// a trigger fires.
void Inherit(Object& made, const Object& former) {
  schema::ObjectBase& base = schema::BaseOf(made);
  if (base.comment.empty()) base.comment = schema::BaseOf(former).comment;
  base.privileges = schema::BaseOf(former).privileges;
  if (auto* view = std::get_if<schema::View>(&made)) {
    if (const auto* before = std::get_if<schema::View>(&former)) {
      view->column_comments = before->column_comments;
      view->column_privileges = before->column_privileges;
      view->column_defaults = before->column_defaults;
      ForgetColumns(*view);
    }
  }
  if (auto* sequence = std::get_if<schema::Sequence>(&made)) {
    const auto* before = std::get_if<schema::Sequence>(&former);
    if (before != nullptr && !sequence->owned_by) sequence->owned_by = before->owned_by;
  }
  const auto keep_firing = [&]<typename T>(T*) {
    auto* after = std::get_if<T>(&made);
    const auto* before = std::get_if<T>(&former);
    if (after != nullptr && before != nullptr) after->firing = before->firing;
  };
  keep_firing(static_cast<schema::Trigger*>(nullptr));
  keep_firing(static_cast<schema::Rule*>(nullptr));
  keep_firing(static_cast<schema::EventTrigger*>(nullptr));
}

void ReportMissing(Context& context, Span span, const std::string& what) {
  context.Report(Diagnostic(DiagnosticKind::UnknownName, span, fmt::format("there is no {} to replace", what))
                     .Fix("write add"));
}

// The objects that the new definition may stand for: all overloads of a routine, else the one of that name.
std::vector<Object> FormerObjects(const Context& context, const ast::SqlObject& object,
                                  const Namespace& where) {
  std::vector<Object> former;
  for (const ObjectAddress& address : OverloadsOf(context, object, where))
    former.push_back(*context.catalog.Find(address));
  if (!former.empty()) return former;
  const std::string schema = object.name.schema ? object.name.schema->text : where.schema;
  for (const ObjectKind kind : KindsOf(object.kind)) {
    const ObjectAddress address{kind, kind == ObjectKind::EventTrigger ? "" : schema, object.name.name.text,
                                ""};
    if (const Object* found = context.catalog.Find(address)) former.push_back(*found);
  }
  return former;
}

void ReplaceObject(Context& context, const ast::SqlObject& object, const Namespace& where) {
  const std::vector<Object> former = FormerObjects(context, object, where);
  if (former.empty()) return ReportMissing(context, object.name.span, Quoted(SpellName(object.name)));
  for (const Object& each : former) context.catalog.Remove(schema::AddressOf(each));
  const Attempt attempt = CreateObject(context, object, where);
  if (attempt.error) {
    for (const Object& each : former) context.catalog.Put(each);
    return context.Report(*attempt.error, attempt.sql);
  }
  bool replaced = false;
  FinishObject(context, object, where, {});
  for (const Object& each : former) {
    Object* made = context.catalog.FindMutable(schema::AddressOf(each));
    if (made == nullptr) {
      context.catalog.Put(each);  // Another overload.
      continue;
    }
    Inherit(*made, each);
    replaced = true;
  }
  if (!replaced) {
    context.Report(
        Diagnostic(DiagnosticKind::InvalidDefinition, object.name.span,
                   fmt::format("the arguments of {} are others than before", Quoted(SpellName(object.name))))
            .Fix("drop the former one and add this one"));
    return;
  }
  if (object.members.empty()) return;
  const auto relation = context.LookUp(object.name, where);
  if (!relation) return;
  for (const ast::TableMember& member : object.members)
    ReplaceMember(context, {where, *relation}, member, object.span);
}

// Takes the object away, makes it anew and lets it inherit; puts it back when that fails.
void Remake(Context& context, const ObjectAddress& address, Span span, const std::function<void()>& make) {
  const Object* found = context.catalog.Find(address);
  if (found == nullptr) return ReportMissing(context, span, schema::Describe(address));
  const Object former = *found;
  context.catalog.Remove(address);
  make();
  if (Object* made = context.catalog.FindMutable(address)) {
    Inherit(*made, former);
  } else {
    context.catalog.Put(former);
  }
}

void ReplaceColumn(Context& context, const Relation& relation, const ast::Column& column) {
  auto* table = context.catalog.GetMutable<schema::Table>(relation.address);
  if (table == nullptr || !context.CheckColumn(*table, column.name)) return;
  auto place = std::find_if(table->columns.begin(), table->columns.end(),
                            [&](const schema::Column& each) { return each.name == column.name.text; });
  const schema::Column former = *place;
  const auto position = place - table->columns.begin();
  table->columns.erase(place);
  const bool added = AddColumn(context, relation, column);
  table = context.catalog.GetMutable<schema::Table>(relation.address);
  schema::Column made = former;
  if (added) {
    made = table->columns.back();
    table->columns.pop_back();
    made.privileges = former.privileges;
    if (made.identity && former.identity) static_cast<schema::ObjectBase&>(*made.identity) = *former.identity;
    if (made.comment.empty()) made.comment = former.comment;
  }
  table->columns.insert(table->columns.begin() + position, std::move(made));
}

}  // namespace

void ReplaceMember(Context& context, const Relation& relation, const ast::TableMember& member, Span span) {
  const ObjectAddress& table = relation.address;
  const auto remake = [&](ObjectKind kind, const std::optional<ast::Name>& name) {
    if (!name) {
      context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, span, "what is replaced needs its name"));
      return;
    }
    Remake(context, {kind, table.schema, table.name, name->text}, name->span,
           [&] { BuildPart(context, relation, member); });
  };
  std::visit(Overloaded{
                 [&](const ast::Column& column) { ReplaceColumn(context, relation, column); },
                 [&](const ast::Constraint& constraint) {
                   if (!constraint.name) return remake(ObjectKind::Constraint, constraint.name);
                   Remake(context, {ObjectKind::Constraint, table.schema, table.name, constraint.name->text},
                          constraint.name->span, [&] {
                            BuildConstraint(context, relation.where, table.qualified(), constraint, nullptr);
                          });
                 },
                 [&](const ast::Index& index) { remake(ObjectKind::Index, index.name); },
                 [&](const ast::AttachedPart& part) { NameAttached(context, relation, part); },
                 [&](const ast::Trigger& trigger) { remake(ObjectKind::Trigger, trigger.name); },
                 [&](const ast::Policy& policy) { remake(ObjectKind::Policy, policy.name); },
                 [&](const ast::Rule& rule) { remake(ObjectKind::Rule, rule.name); },
                 [&](const ast::TableSetting& setting) { ApplySetting(context, relation, setting); },
                 [&](const ast::Grant& grant) { ApplyGrant(context, relation, grant); },
             },
             member);
}

void ReplaceItem(Context& context, const ast::Item& item, const Namespace& where, Span span) {
  const auto refuse = [&](std::string_view what, std::string_view fix) {
    context.Report(
        Diagnostic(DiagnosticKind::Unsupported, span, fmt::format("{} is altered, not replaced", what))
            .Fix(std::string(fix)));
  };
  std::visit(Overloaded{
                 [&](const ast::SchemaDirective& directive) {
                   const ObjectAddress address{ObjectKind::Schema, "", directive.name.text, ""};
                   auto* found = context.catalog.GetMutable<schema::Schema>(address);
                   if (found == nullptr)
                     return ReportMissing(context, directive.name.span, schema::Describe(address));
                   found->is_template = directive.is_template;
                   if (!directive.comment.empty()) found->comment = directive.comment;
                 },
                 [&](const ast::Extension& extension) {
                   Remake(context, {ObjectKind::Extension, "", extension.name.text, ""}, extension.name.span,
                          [&] { CreateExtension(context, extension); });
                 },
                 [&](const ast::Enum&) { refuse("an enum", "write alter enum … { … }"); },
                 [&](const ast::Mixin&) { refuse("what a mixin gives", "write alter table … { … }"); },
                 [&](const ast::Table&) { refuse("a table", "write alter table … { … }"); },
                 [&](const ast::SqlObject& object) {
                   if (KindsOf(object.kind).empty()) return RunStatement(context, object, where);
                   ReplaceObject(context, object, where);
                 },
                 [&](const ast::Seed& seed) { ReplaceSeed(context, seed, where); },
                 [&](const ast::Raw& raw) {
                   Remake(context, {ObjectKind::Raw, "", raw.name.text, ""}, raw.name.span, [&] {
                     AddRaw(context, raw, where);
                     ConnectRaw(context, raw, where);
                   });
                 },
                 [&](const ast::Grant& grant) { RunGrant(context, grant, where); },
             },
             item);
}

}  // namespace schemac::analyze
