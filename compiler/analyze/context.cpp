#include "compiler/analyze/context.h"

#include <utility>

#include <fmt/format.h>

#include "compiler/analyze/json_literal.h"
#include "compiler/sql/interpret.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "schema/domains.h"

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;

Namespace MakeNamespace(std::string schema) {
  Namespace where;
  where.search_path.clear();
  where.search_path.push_back(schema);
  if (schema != "public") where.search_path.emplace_back("public");
  where.schema = std::move(schema);
  return where;
}

std::string Quoted(std::string_view name) { return fmt::format("\"{}\"", name); }

std::string SpellName(const ast::QualifiedName& name) {
  return name.schema ? name.schema->text + "." + name.name.text : name.name.text;
}

Context Context::Beside(schema::Catalog& its, schema::Intent& its_intent, DiagnosticSink& sink) const {
  Context other(its, its_intent, sources, sink, owner_);
  other.type_cache = type_cache;
  other.declared_ = declared_;
  return other;
}

void Context::Report(Diagnostic diagnostic) {
  if (diagnostic.span.IsKnown() &&
      !said_.insert({diagnostic.span.source, diagnostic.span.begin, diagnostic.message}).second) {
    return;
  }
  sink_->Report(std::move(diagnostic));
}

void Context::Report(const Error& error, const SqlTemplate& sql) {
  Report(Diagnostic(error.kind, sql.PlaceOf(error.offset, error.length), error.message).Fix(error.fix));
}

bool Context::CheckName(const ast::Name& name) {
  if (name.text.empty()) {
    Report(Diagnostic(DiagnosticKind::InvalidDefinition, name.span, "a name cannot be empty"));
    return false;
  }
  return CheckLabel(name);
}

bool Context::CheckLabel(const ast::Name& name) {
  const std::string_view cut = TruncateIdentifier(name.text);
  if (cut.size() == name.text.size()) return true;
  Report(Diagnostic(
             DiagnosticKind::NameTooLong, name.span,
             fmt::format("name {} has {} bytes, PostgreSQL keeps 63", Quoted(name.text), name.text.size()))
             .Fix(fmt::format("write {}", QuoteIdentifier(cut))));
  return false;
}

schema::QualifiedName Context::Declare(const ast::QualifiedName& name, const Namespace& where) {
  CheckName(name.name);
  schema::QualifiedName full{name.schema ? name.schema->text : where.schema, name.name.text};
  const ObjectAddress home{ObjectKind::Schema, "", full.schema, ""};
  if (catalog.Has(home)) return full;
  std::vector<std::string> schemas;
  for (const auto& [address, object] : catalog.objects()) {
    if (address.kind != ObjectKind::Schema) break;
    schemas.push_back(address.name);
  }
  const std::string nearest = Nearest(full.schema, schemas);
  Report(Diagnostic(DiagnosticKind::UnknownName, name.schema ? name.schema->span : name.span,
                    fmt::format("no schema {}", Quoted(full.schema)))
             .Fix(nearest.empty() ? fmt::format("declare it: schema {};", QuoteIdentifier(full.schema))
                                  : fmt::format("write {}", QuoteIdentifier(nearest))));
  return full;
}

bool Context::Remember(const ObjectAddress& address, Span span) {
  const std::size_t before = declared_.size();
  Span& place = declared_.Enter(address).second;
  if (declared_.size() == before) {
    Report(Diagnostic(DiagnosticKind::DuplicateName, span,
                      fmt::format("{} is declared twice", schema::Describe(address)))
               .AddNote(place, "first declared here"));
    return false;
  }
  place = span;
  return true;
}

bool Context::Succeeds(const std::function<void()>& work) {
  DiagnosticSink scratch;
  DiagnosticSink* const sink = std::exchange(sink_, &scratch);
  const auto said = said_;
  work();
  sink_ = sink;
  if (!scratch.HasErrors()) return true;
  said_ = said;
  return false;
}

Span Context::PlaceOf(const ObjectAddress& address) const {
  auto found = declared_.find(address);
  return found == declared_.end() ? Span{} : found->second;
}

std::optional<Error> Context::Try(const SqlTemplate& sql, const Namespace& where) {
  sql::InterpretOptions options;
  options.search_path = where.search_path;
  options.owner = owner_;
  auto done = sql::InterpretStatements(sql.text(), catalog, options);
  if (!done) return done.error();
  if (!done->warning.empty()) {
    Report(Diagnostic(DiagnosticKind::Configuration, sql.PlaceOf(std::nullopt, 1), done->warning)
               .With(Severity::Warning));
  }
  return std::nullopt;
}

bool Context::Run(const SqlTemplate& sql, const Namespace& where) {
  auto error = Try(sql, where);
  if (error) Report(*error, sql);
  return !error;
}

sql::Scope Context::ScopeOf(const Namespace& where) const {
  sql::Scope scope;
  scope.catalog = &catalog;
  scope.search_path = where.search_path;
  return scope;
}

std::optional<schema::Expression> Context::Expression(Span span, const sql::Scope& scope) {
  SqlTemplate text(sources, span);
  text.AddSource(span);
  auto expression = sql::ParseExpression(text.text(), scope);
  if (expression) return *std::move(expression);
  Report(expression.error(), text);
  return std::nullopt;
}

std::optional<schema::Expression> Context::Value(const ValueText& value, const sql::Scope& scope) {
  if (const auto* sql = std::get_if<ast::SqlText>(&value)) return Expression(sql->span, scope);
  const auto& json = std::get<ast::JsonText>(value);
  auto literal = JsonLiteral(json, scope.value_type.value_or(schema::Type{"", "jsonb", "", false}));
  if (!literal) return std::nullopt;
  auto expression = sql::ParseExpression(*literal, scope);
  if (expression) return *std::move(expression);
  Report(Diagnostic(expression.error().kind, json.span, expression.error().message));
  return std::nullopt;
}

namespace {

// "json" or "jsonb" for a column of that type or of a domain over it, else "".
std::string JsonTypeOf(const schema::Catalog& catalog, const schema::Type& type) {
  const schema::Type base = schema::WithoutDomains(catalog, type);
  return base.schema.empty() && !base.array && (base.name == "json" || base.name == "jsonb") ? base.name : "";
}

}  // namespace

std::optional<std::string> Context::JsonLiteral(const ast::JsonText& json, const schema::Type& type) {
  const std::string type_text = schema::FormatType(type);
  auto [cached, added] = json_.try_emplace({json.span.source, json.span.begin, type_text});
  if (!added) return cached->second;
  const std::string json_type = JsonTypeOf(catalog, type);
  if (json_type.empty()) {
    Report(Diagnostic(DiagnosticKind::InvalidJson, json.span,
                      fmt::format("a JSON value needs a column of type json or jsonb, not {}", type_text))
               .Fix(type.array ? "write array[…] or a string '{…}'" : ""));
    return std::nullopt;
  }
  auto compact = CompactJson(Text(json.span));
  if (!compact) {
    SqlTemplate text(sources, json.span);
    text.AddSource(json.span);
    Report(compact.error(), text);
    return std::nullopt;
  }
  cached->second = QuoteLiteral(*compact) + "::" + json_type;
  return cached->second;
}

bool Context::AddValue(SqlTemplate& sql, const ValueText& value, const schema::Type& type) {
  if (const auto* text = std::get_if<ast::SqlText>(&value)) {
    sql.AddSource(text->span);
    return true;
  }
  const auto& json = std::get<ast::JsonText>(value);
  auto literal = JsonLiteral(json, type);
  if (literal) sql.Add(*literal, json.span);
  return literal.has_value();
}

std::optional<ObjectAddress> Context::LookUp(const ast::QualifiedName& name, const Namespace& where) const {
  if (name.schema) return catalog.FindRelation({name.schema->text, name.name.text});
  for (const std::string& schema : where.search_path) {
    if (auto found = catalog.FindRelation({schema, name.name.text})) return found;
  }
  return std::nullopt;
}

std::optional<ObjectAddress> Context::FindRelation(const ast::QualifiedName& name, const Namespace& where,
                                                   std::string_view word) {
  if (auto found = LookUp(name, where)) return found;
  std::vector<std::string> candidates;
  for (const auto& [address, object] : catalog.objects()) {
    if (address.kind != ObjectKind::Table && address.kind != ObjectKind::View) continue;
    const bool near = name.schema ? address.schema == name.schema->text : address.schema == where.schema;
    if (near || (!name.schema && address.schema == "public")) candidates.push_back(address.name);
  }
  const std::string nearest = Nearest(name.name.text, candidates);
  Report(Diagnostic(DiagnosticKind::UnknownName, name.span,
                    fmt::format("no {} {}", word, Quoted(SpellName(name))))
             .Fix(nearest.empty() ? "" : fmt::format("write {}", QuoteIdentifier(nearest))));
  return std::nullopt;
}

bool Context::CheckColumn(const schema::Table& table, const ast::Name& column) {
  if (table.FindColumn(column.text) != nullptr) return true;
  std::vector<std::string> candidates;
  candidates.reserve(table.columns.size());
  for (const schema::Column& candidate : table.columns) candidates.push_back(candidate.name);
  const std::string nearest = Nearest(column.text, candidates);
  Diagnostic diagnostic(
      DiagnosticKind::UnknownColumn, column.span,
      fmt::format("no column {} in table {}", Quoted(column.text), Quoted(table.name.name)));
  diagnostic.fix = nearest.empty() ? "" : fmt::format("write {}", QuoteIdentifier(nearest));
  const Span place = PlaceOf({ObjectKind::Table, table.name.schema, table.name.name, ""});
  if (place.IsKnown()) diagnostic.notes.push_back({place, "table declared here"});
  Report(std::move(diagnostic));
  return false;
}

}  // namespace schemac::analyze
