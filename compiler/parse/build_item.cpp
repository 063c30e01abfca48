// The items of a model, tables apart.
#include "compiler/parse/builder.h"
#include "compiler/support/characters.h"

namespace schemac::parse {

void Builder::BuildModel(P::ModelContext& context, ast::File& file) {
  for (auto* each : context.item()) {
    if (auto item = BuildItem(*each)) file.items.push_back(std::make_shared<ast::Item>(*std::move(item)));
  }
}

std::optional<ast::Item> Builder::BuildItem(P::ItemContext& context) {
  // A table is kept although its end was not found, so that what refers to it does not look wrong.
  if (auto* table = context.table()) return BuildTable(*table);
  if (!IsWhole(context)) return std::nullopt;
  if (auto* directive = context.schemaDirective()) return BuildSchemaDirective(*directive);
  if (auto* extension = context.extension()) return BuildExtension(*extension);
  if (auto* enumeration = context.enumType()) return BuildEnum(*enumeration);
  if (auto* mixin = context.mixin()) return BuildMixin(*mixin);
  if (auto* object = context.sqlObject()) return BuildSqlObject(*object);
  if (auto* seed = context.seed()) return BuildSeed(*seed);
  if (auto* raw = context.raw()) return BuildRaw(*raw);
  return BuildGrantItem(*context.grantItem());
}

ast::SchemaDirective Builder::BuildSchemaDirective(P::SchemaDirectiveContext& context) {
  ast::SchemaDirective directive;
  directive.comment = TakeDocumentation(*context.start);
  directive.name = BuildName(*context.identifier());
  directive.is_template = context.TEMPLATE() != nullptr;
  directive.was = BuildWas(context.was());
  directive.span = SpanOf(context);
  return directive;
}

ast::Extension Builder::BuildExtension(P::ExtensionContext& context) {
  ast::Extension extension;
  extension.comment = TakeDocumentation(*context.start);
  extension.name = BuildName(*context.identifier());
  for (auto* clause : context.extensionClause()) {
    if (clause->schemaName != nullptr) {
      Once(extension.schema.has_value(), *clause);
      extension.schema = BuildName(*clause->schemaName);
    } else {
      Once(extension.version.has_value(), *clause);
      extension.version =
          clause->version != nullptr ? BuildName(*clause->version) : BuildString(*clause->string());
    }
  }
  extension.span = SpanOf(context);
  return extension;
}

ast::Enum Builder::BuildEnum(P::EnumTypeContext& context) {
  ast::Enum enumeration;
  enumeration.comment = TakeDocumentation(*context.start);
  enumeration.name = BuildQualifiedName(*context.qualifiedName());
  enumeration.was = BuildWas(context.was());
  for (auto* each : context.enumLabel()) {
    const auto labels = each->label();
    ast::EnumLabel label{BuildLabel(*labels.front()), std::nullopt};
    if (labels.size() > 1) label.was = BuildLabel(*labels.back());
    enumeration.labels.push_back(std::move(label));
  }
  enumeration.span = SpanOf(context);
  return enumeration;
}

namespace {

ast::SqlObject::Kind KindOf(Builder::P::SqlObjectContext& context, std::string_view rest) {
  using Kind = ast::SqlObject::Kind;
  if (context.DOMAIN() != nullptr) return Kind::Domain;
  if (context.TYPE() != nullptr) {
    // `as range (…)`; a composite is `as (…)`.
    return Lower(rest).find("range") < rest.find('(') ? Kind::Range : Kind::Composite;
  }
  if (context.SEQUENCE() != nullptr) return Kind::Sequence;
  if (context.FUNCTION() != nullptr) return Kind::Function;
  if (context.PROCEDURE() != nullptr) return Kind::Procedure;
  if (context.AGGREGATE() != nullptr) return Kind::Aggregate;
  if (context.MATERIALIZED() != nullptr) return Kind::MaterializedView;
  if (context.VIEW() != nullptr) return Kind::View;
  if (context.EVENT() != nullptr) return Kind::EventTrigger;
  if (context.STATISTICS() != nullptr) return Kind::Statistics;
  if (context.COLLATION() != nullptr) return Kind::Collation;
  if (context.PRIVILEGES() != nullptr) return Kind::DefaultPrivileges;
  return Kind::Comment;
}

}  // namespace

ast::SqlObject Builder::BuildSqlObject(P::SqlObjectContext& context) {
  ast::SqlObject object;
  object.span = SpanOf(context);
  if (auto* remark = context.remark()) {
    object.kind = ast::SqlObject::Kind::Remark;
    object.text = Text(*remark);
    return object;
  }
  const antlr4::ParserRuleContext* last = nullptr;
  if (auto* name = context.qualifiedName()) {
    object.name = BuildQualifiedName(*name);
    last = name;
  }
  object.was = BuildWas(context.was());
  if (auto* was = context.was()) last = was;
  const antlr4::ParserRuleContext* run = context.sqlRun();
  if (auto* routine = context.routineRun()) run = routine;
  if (run != nullptr) {
    object.rest = Text(*run);
    last = run;
  } else {
    object.rest.span = SpanOf(*last);
    object.rest.span.begin = object.rest.span.end;
  }
  object.text = Text(*context.start, *last);
  const Span& rest = object.rest.span;
  object.kind = KindOf(context, input_.text.substr(rest.begin, rest.end - rest.begin));
  const bool carries_comment =
      object.kind != ast::SqlObject::Kind::DefaultPrivileges && object.kind != ast::SqlObject::Kind::Comment;
  if (carries_comment) object.comment = TakeDocumentation(*context.start);
  object.members = BuildMembers(context.tableBody());
  return object;
}

ast::Grant Builder::BuildGrantItem(P::GrantItemContext& context) {
  return {Text(*context.sqlRun()), std::nullopt, context.REVOKE() != nullptr, SpanOf(context)};
}

ast::Seed Builder::BuildSeed(P::SeedContext& context) {
  ast::Seed seed;
  seed.table = BuildQualifiedName(*context.qualifiedName());
  if (auto* key = context.names()) seed.key = BuildNames(*key);
  for (auto* each : context.seedRow()) {
    if (!IsWhole(*each)) continue;
    ast::SeedRow row;
    row.span = SpanOf(*each);
    for (auto* value : each->seedValue()) {
      ast::Value text;
      if (auto* json = value->json()) {
        text.text = ast::JsonText{SpanOf(*json)};
      } else {
        text.text = Text(*value->valueRun());
      }
      row.values.emplace_back(BuildName(*value->identifier()), text);
    }
    seed.rows.push_back(std::move(row));
  }
  seed.span = SpanOf(context);
  return seed;
}

ast::Raw Builder::BuildRaw(P::RawContext& context) {
  ast::Raw raw;
  raw.comment = TakeDocumentation(*context.start);
  raw.name = BuildText(*context.text());
  for (auto* each : context.target()) raw.depends_on.push_back(BuildTarget(*each));
  BuildUpAndDown(*context.upAndDown(), raw.up, raw.down);
  raw.span = SpanOf(context);
  return raw;
}

void Builder::BuildUpAndDown(P::UpAndDownContext& context, ast::Name& up, std::optional<ast::Name>& down) {
  up = BuildString(*context.up);
  if (context.down != nullptr) down = BuildString(*context.down);
}

}  // namespace schemac::parse
