// What all of analysis works on: the catalog being made, the hints beside it, where things were declared, and
// the door to PostgreSQL's parser that turns its errors into diagnostics with a place.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "compiler/analyze/sql_template.h"
#include "compiler/ast/ast.h"
#include "compiler/sql/expression.h"
#include "compiler/support/diagnostic.h"
#include "compiler/support/error_or.h"
#include "schema/catalog.h"
#include "schema/intent.h"
#include "schema/shared_map.h"

namespace schemac::analyze {

// Where an item stands: the schema of the last `schema x;` before it, and where its text looks names up.
struct Namespace {
  std::string schema = "public";
  std::vector<std::string> search_path{"public"};
};
Namespace MakeNamespace(std::string schema);

// A name as the author may write it.
using ValueText = std::variant<ast::SqlText, ast::JsonText>;

class Context {
 public:
  Context(schema::Catalog& catalog_, schema::Intent& intent_, const Sources& sources_, DiagnosticSink& sink,
          std::string owner)
      : catalog(catalog_), intent(intent_), sources(sources_), owner_(std::move(owner)), sink_(&sink) {}

  schema::Catalog& catalog;
  schema::Intent& intent;
  const Sources& sources;

  [[nodiscard]] std::string_view Text(const Span& span) const { return sources.Text(span); }

  // One for work at the same time, on a copy of the catalog: it knows what this one has found so far, and
  // reports elsewhere.
  [[nodiscard]] Context Beside(schema::Catalog& its, schema::Intent& its_intent, DiagnosticSink& sink) const;

  // The same message at the same place is said once: a mixin's mistake shows in each of its tables.
  void Report(Diagnostic diagnostic);
  void Report(const Error& error, const SqlTemplate& sql);
  [[nodiscard]] std::size_t error_count() const { return sink_->error_count(); }

  // Reports a name that PostgreSQL would cut, and an empty one.
  bool CheckName(const ast::Name& name);
  // The same of an enum's label, which may be empty.
  bool CheckLabel(const ast::Name& label);
  // The full name of what is declared here. Reports unusable names; the result can be used all the same.
  schema::QualifiedName Declare(const ast::QualifiedName& name, const Namespace& where);
  // Remembers the place of a declaration. False, after reporting, when the address has been declared before.
  bool Remember(const schema::ObjectAddress& address, Span span);
  void Forget(const schema::ObjectAddress& address) { declared_.erase(address); }
  [[nodiscard]] Span PlaceOf(const schema::ObjectAddress& address) const;
  // Runs `work` and says whether it reported no error; what it reports is lost.
  bool Succeeds(const std::function<void()>& work);

  // Runs the statement on the catalog. `Try` leaves the reporting to the caller.
  std::optional<Error> Try(const SqlTemplate& sql, const Namespace& where);
  bool Run(const SqlTemplate& sql, const Namespace& where);

  [[nodiscard]] sql::Scope ScopeOf(const Namespace& where) const;
  // An expression of the author; errors are reported.
  std::optional<schema::Expression> Expression(Span span, const sql::Scope& scope);
  // The same for a value that may be a bare JSON literal.
  std::optional<schema::Expression> Value(const ValueText& value, const sql::Scope& scope);

  // The SQL literal for a bare JSON value of a column of that type, or nothing after reporting why not.
  std::optional<std::string> JsonLiteral(const ast::JsonText& json, const schema::Type& type);
  // Appends the value to a statement. False when it is not usable (reported).
  bool AddValue(SqlTemplate& sql, const ValueText& value, const schema::Type& type);

  // The table, view or other relation that the author names. nullopt, after reporting with the nearest name.
  std::optional<schema::ObjectAddress> FindRelation(const ast::QualifiedName& name, const Namespace& where,
                                                    std::string_view word = "table");
  // The full name, looked up without complaint; nullopt when there is no such relation.
  [[nodiscard]] std::optional<schema::ObjectAddress> LookUp(const ast::QualifiedName& name,
                                                            const Namespace& where) const;
  // Whether the table has the column; if not that is reported.
  bool CheckColumn(const schema::Table& table, const ast::Name& column);

  // Types found so far, by the schema that is searched first and the text in its source.
  std::map<std::string, std::unordered_map<std::string_view, schema::Type>> type_cache;
  // What a model diff has dropped, and where it says so.
  std::map<schema::ObjectAddress, Span> dropped;

 private:
  std::string owner_;
  DiagnosticSink* sink_;
  std::set<std::tuple<SourceId, std::uint32_t, std::string>> said_;
  schema::SharedMap<schema::ObjectAddress, Span> declared_;
  std::map<std::tuple<SourceId, std::uint32_t, std::string>, std::optional<std::string>> json_;
};

// `"name"` for messages.
std::string Quoted(std::string_view name);
std::string SpellName(const ast::QualifiedName& name);

}  // namespace schemac::analyze
