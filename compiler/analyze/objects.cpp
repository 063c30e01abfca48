#include "compiler/analyze/objects.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/analyze/hints.h"
#include "compiler/support/quote.h"

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;
using Kind = ast::SqlObject::Kind;

namespace {

bool IsRoutine(Kind kind) {
  return kind == Kind::Function || kind == Kind::Procedure || kind == Kind::Aggregate;
}

// The schema is written out, so that the statement makes the object where the model says.
void AddObjectName(SqlTemplate& sql, const ast::SqlObject& object, const Namespace& where) {
  const ast::QualifiedName& name = object.name;
  if (object.kind == Kind::EventTrigger) {
    sql.AddName(name);
    return;
  }
  sql.AddName(schema::QualifiedName{name.schema ? name.schema->text : where.schema, name.name.text},
              name.span);
}

std::optional<ObjectAddress> FindCreated(const Context& context, const ast::SqlObject& object,
                                         const Namespace& where, const std::vector<ObjectAddress>& before) {
  if (IsRoutine(object.kind)) {
    for (const ObjectAddress& address : OverloadsOf(context, object, where)) {
      if (std::find(before.begin(), before.end(), address) == before.end()) return address;
    }
    return std::nullopt;
  }
  const std::string schema = object.name.schema ? object.name.schema->text : where.schema;
  for (const ObjectKind kind : KindsOf(object.kind)) {
    ObjectAddress address{kind, kind == ObjectKind::EventTrigger ? "" : schema, object.name.name.text, ""};
    if (context.catalog.Has(address)) return address;
  }
  return std::nullopt;
}

}  // namespace

std::vector<ObjectKind> KindsOf(Kind kind) {
  switch (kind) {
    case Kind::Domain:
      return {ObjectKind::Domain};
    case Kind::Composite:
    case Kind::Range:
      return {ObjectKind::Composite, ObjectKind::Range, ObjectKind::Enum};
    case Kind::Sequence:
      return {ObjectKind::Sequence};
    case Kind::Function:
    case Kind::Procedure:
      return {ObjectKind::Function};
    case Kind::Aggregate:
      return {ObjectKind::Aggregate};
    case Kind::View:
    case Kind::MaterializedView:
      return {ObjectKind::View};
    case Kind::EventTrigger:
      return {ObjectKind::EventTrigger};
    case Kind::Statistics:
      return {ObjectKind::Statistics};
    case Kind::Collation:
      return {ObjectKind::Collation};
    case Kind::DefaultPrivileges:
    case Kind::Comment:
    case Kind::Remark:
      return {};
  }
  return {};
}

std::vector<ObjectAddress> OverloadsOf(const Context& context, const ast::SqlObject& object,
                                       const Namespace& where) {
  if (!IsRoutine(object.kind)) return {};
  const std::string schema = object.name.schema ? object.name.schema->text : where.schema;
  return context.catalog.FindFunctions({schema, object.name.name.text});
}

Attempt CreateObject(Context& context, const ast::SqlObject& object, const Namespace& where) {
  const Span name = object.name.span;
  Attempt attempt{SqlTemplate(context.sources, name), std::nullopt};
  attempt.sql.Add("CREATE").AddSource({name.source, object.text.span.begin, name.begin});
  AddObjectName(attempt.sql, object, where);
  attempt.sql.AddSource(object.rest.span);
  attempt.error = context.Try(attempt.sql, where);
  return attempt;
}

void FinishObject(Context& context, const ast::SqlObject& object, const Namespace& where,
                  const std::vector<ObjectAddress>& before) {
  const auto created = FindCreated(context, object, where, before);
  if (!created) return;
  if (!object.comment.empty())
    schema::BaseOf(*context.catalog.FindMutable(*created)).comment = object.comment;
  if (object.was) CollectRename(context, *created, *object.was);
}

void CreateSchema(Context& context, const ast::SchemaDirective& directive) {
  context.CheckName(directive.name);
  const ObjectAddress address{ObjectKind::Schema, "", directive.name.text, ""};
  if (!context.catalog.Has(address)) {
    schema::Schema made;
    made.name = directive.name.text;
    context.catalog.Put(std::move(made));
  }
  auto* found = context.catalog.GetMutable<schema::Schema>(address);
  if (found == nullptr) return;
  found->is_template = found->is_template || directive.is_template;
  if (!directive.comment.empty()) found->comment = directive.comment;
  if (directive.was) CollectRename(context, address, *directive.was);
}

void CreateExtension(Context& context, const ast::Extension& extension) {
  SqlTemplate sql(context.sources, extension.name.span);
  sql.Add("CREATE EXTENSION").AddName(extension.name);
  if (extension.schema) sql.Add("SCHEMA").AddName(*extension.schema);
  if (extension.version)
    sql.Add("VERSION").Add(QuoteLiteral(extension.version->text), extension.version->span);
  if (!context.Run(sql, Namespace{})) return;
  auto* made =
      context.catalog.GetMutable<schema::Extension>({ObjectKind::Extension, "", extension.name.text, ""});
  if (made != nullptr) made->comment = extension.comment;
}

void CreateEnum(Context& context, const ast::Enum& type, const Namespace& where) {
  const schema::QualifiedName name = context.Declare(type.name, where);
  const ObjectAddress address{ObjectKind::Enum, name.schema, name.name, ""};
  if (!context.Remember(address, type.name.span)) return;
  SqlTemplate sql(context.sources, type.name.span);
  sql.Add("CREATE TYPE").AddName(name, type.name.span).Add("AS ENUM (");
  std::map<std::string, Span> seen;
  for (const ast::EnumLabel& label : type.labels) {
    auto [first, added] = seen.try_emplace(label.label.text, label.label.span);
    if (!added) {
      context.Report(Diagnostic(DiagnosticKind::DuplicateName, label.label.span,
                                fmt::format("label {} stands twice in enum {}", Quoted(label.label.text),
                                            Quoted(name.name)))
                         .AddNote(first->second, "first declared here"));
      continue;
    }
    context.CheckLabel(label.label);
    if (seen.size() > 1) sql.Add(",");
    sql.Add(QuoteLiteral(label.label.text), label.label.span);
    if (label.was) context.intent.labels[address].renamed[label.was->text] = label.label.text;
  }
  sql.Add(")");
  if (!context.Run(sql, where)) return;
  if (auto* made = context.catalog.GetMutable<schema::Enum>(address)) made->comment = type.comment;
  if (type.was) CollectRename(context, address, *type.was);
}

void RunStatement(Context& context, const ast::SqlObject& object, const Namespace& where) {
  SqlTemplate sql(context.sources, object.span);
  sql.AddSource(object.text.span);
  context.Run(sql, where);
}

void RunGrant(Context& context, const ast::Grant& grant, const Namespace& where) {
  SqlTemplate sql(context.sources, grant.span);
  sql.Add(grant.revoke ? "REVOKE" : "GRANT").AddSource(grant.text.span);
  context.Run(sql, where);
}

}  // namespace schemac::analyze
