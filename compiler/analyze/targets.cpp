#include "compiler/analyze/targets.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "compiler/analyze/words.h"
#include "compiler/sql/dedent.h"
#include "compiler/sql/qualify.h"
#include "compiler/support/quote.h"

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

// `type` may be any of four kinds.
std::vector<ObjectKind> KindsOfWord(std::string_view word) {
  struct Entry {
    std::string_view word;
    std::vector<ObjectKind> kinds;
  };
  static const std::vector<Entry> entries{
      {"table", {ObjectKind::Table}},
      {"view", {ObjectKind::View}},
      {"materialized view", {ObjectKind::View}},
      {"index", {ObjectKind::Index}},
      {"constraint", {ObjectKind::Constraint}},
      {"column", {ObjectKind::Column}},
      {"trigger", {ObjectKind::Trigger}},
      {"event trigger", {ObjectKind::EventTrigger}},
      {"policy", {ObjectKind::Policy}},
      {"rule", {ObjectKind::Rule}},
      {"enum", {ObjectKind::Enum}},
      {"type", {ObjectKind::Composite, ObjectKind::Range, ObjectKind::Enum, ObjectKind::Domain}},
      {"domain", {ObjectKind::Domain}},
      {"sequence", {ObjectKind::Sequence}},
      {"function", {ObjectKind::Function}},
      {"procedure", {ObjectKind::Function}},
      {"aggregate", {ObjectKind::Aggregate}},
      {"extension", {ObjectKind::Extension}},
      {"schema", {ObjectKind::Schema}},
      {"collation", {ObjectKind::Collation}},
      {"statistics", {ObjectKind::Statistics}},
      {"raw", {ObjectKind::Raw}},
  };
  for (const Entry& entry : entries) {
    if (entry.word == word) return entry.kinds;
  }
  return {};
}

bool HasNoSchema(ObjectKind kind) {
  return kind == ObjectKind::Schema || kind == ObjectKind::Extension || kind == ObjectKind::EventTrigger ||
         kind == ObjectKind::Raw;
}

class TargetFinder {
 public:
  TargetFinder(Context& context, const ast::Target& target, const Namespace& where)
      : context_(context), target_(target), where_(where) {}

  std::optional<ObjectAddress> Find() {
    const std::vector<ObjectKind> kinds = KindsOfWord(target_.kind.text);
    if (kinds.empty()) {
      context_.Report(Diagnostic(DiagnosticKind::Unsupported, target_.kind.span,
                                 fmt::format("{} cannot stand here", Quoted(target_.kind.text))));
      return std::nullopt;
    }
    const ObjectKind kind = kinds.front();
    if (schema::IsTablePart(kind)) return FindPart(kind);
    if (kind == ObjectKind::Function || kind == ObjectKind::Aggregate) return FindRoutine(kind);
    for (const ObjectKind candidate : kinds) {
      for (const std::string& schema : Schemas(candidate)) {
        ObjectAddress address{candidate, schema, target_.name.name.text, ""};
        if (context_.catalog.Has(address)) return address;
      }
    }
    return Missing(kinds);
  }

 private:
  [[nodiscard]] std::vector<std::string> Schemas(ObjectKind kind) const {
    if (HasNoSchema(kind)) return {""};
    if (target_.name.schema) return {target_.name.schema->text};
    return where_.search_path;
  }

  std::optional<ObjectAddress> Missing(const std::vector<ObjectKind>& kinds) {
    std::vector<std::string> candidates;
    for (const auto& [address, object] : context_.catalog.objects()) {
      if (std::find(kinds.begin(), kinds.end(), address.kind) != kinds.end())
        candidates.push_back(OwnName(address));
    }
    const std::string nearest = Nearest(target_.name.name.text, candidates);
    context_.Report(Diagnostic(DiagnosticKind::UnknownName, target_.name.span,
                               fmt::format("no {} {}", target_.kind.text, Quoted(SpellName(target_.name))))
                        .Fix(nearest.empty() ? "" : fmt::format("write {}", QuoteIdentifier(nearest))));
    return std::nullopt;
  }

  std::optional<ObjectAddress> FindPart(ObjectKind kind) {
    // `index app.i` needs no table: index names are unique in their schema.
    if (!target_.table) return FindPartByName(kind);
    const auto table = context_.FindRelation(*target_.table, where_);
    if (!table) return std::nullopt;
    const ObjectAddress address{kind, table->schema, table->name, target_.name.name.text};
    if (context_.catalog.Has(address)) return address;
    const auto* columns = context_.catalog.Get<schema::Table>(*table);
    if (kind == ObjectKind::Column && columns != nullptr) {
      context_.CheckColumn(*columns, target_.name.name);
      return std::nullopt;
    }
    return MissingPart(kind, *table);
  }

  std::optional<ObjectAddress> MissingPart(ObjectKind kind, const ObjectAddress& table) {
    std::vector<std::string> candidates;
    for (const schema::Object* part : context_.catalog.PartsOf(table.qualified(), kind)) {
      candidates.push_back(AddressOf(*part).member);
    }
    const std::string nearest = Nearest(target_.name.name.text, candidates);
    context_.Report(Diagnostic(DiagnosticKind::UnknownName, target_.name.span,
                               fmt::format("table {} has no {} {}", Quoted(table.name), target_.kind.text,
                                           Quoted(target_.name.name.text)))
                        .Fix(nearest.empty() ? "" : fmt::format("write {}", QuoteIdentifier(nearest))));
    return std::nullopt;
  }

  std::optional<ObjectAddress> FindPartByName(ObjectKind kind) {
    if (kind == ObjectKind::Index) {
      for (const std::string& schema : Schemas(kind)) {
        const auto owner = context_.catalog.FindRelation({schema, target_.name.name.text});
        if (owner && owner->kind == ObjectKind::Index) return owner;
      }
      return Missing({kind});
    }
    // `column t.c`, `constraint t.c`: the qualifier is the table.
    if (target_.name.schema) {
      ast::QualifiedName table;
      table.name = *target_.name.schema;
      table.span = table.name.span;
      ast::Target inner = target_;
      inner.table = table;
      inner.name.schema.reset();
      inner.name.span = inner.name.name.span;
      return TargetFinder(context_, inner, where_).Find();
    }
    context_.Report(Diagnostic(DiagnosticKind::InvalidDefinition, target_.name.span,
                               fmt::format("a {} is named together with its table", target_.kind.text))
                        .Fix(fmt::format("write {} {} on …", target_.kind.text,
                                         QuoteIdentifier(target_.name.name.text))));
    return std::nullopt;
  }

  std::optional<ObjectAddress> FindRoutine(ObjectKind kind) {
    std::vector<ObjectAddress> found;
    for (const std::string& schema : Schemas(kind)) {
      for (const ObjectAddress& address : context_.catalog.FindFunctions({schema, target_.name.name.text})) {
        if (address.kind == kind) found.push_back(address);
      }
      if (!found.empty()) break;
    }
    if (found.empty()) return Missing({kind});
    if (!target_.arguments) {
      if (found.size() == 1) return found.front();
      context_.Report(Diagnostic(DiagnosticKind::InvalidDefinition, target_.name.span,
                                 fmt::format("there are {} {}s {}", found.size(), target_.kind.text,
                                             Quoted(target_.name.name.text)))
                          .Fix("write the argument types behind the name"));
      return std::nullopt;
    }
    return ByArguments(found);
  }

  std::optional<ObjectAddress> ByArguments(const std::vector<ObjectAddress>& found) {
    const std::string wanted = Arguments(context_.Text(target_.arguments->span));
    for (const ObjectAddress& address : found) {
      if (Arguments(address.member) == wanted) return address;
    }
    std::string known;
    for (const ObjectAddress& address : found) known += (known.empty() ? "(" : ", (") + address.member + ")";
    context_.Report(Diagnostic(DiagnosticKind::UnknownName, target_.span,
                               fmt::format("no {} {} with these arguments", target_.kind.text,
                                           Quoted(target_.name.name.text)))
                        .Fix("there is " + known));
    return std::nullopt;
  }

  // The types of an argument list, each in its canonical form; what is no type keeps its spelling.
  [[nodiscard]] std::string Arguments(std::string_view text) const {
    std::string list;
    std::size_t depth = 0;
    std::size_t begin = 0;
    const std::vector<Word> words = ScanWords(text);
    const auto take = [&](std::size_t end) {
      const std::string_view type = text.substr(begin, end - begin);
      if (ScanWords(type).empty()) return;
      const auto parsed = sql::ParseType(type, context_.ScopeOf(where_));
      list += (list.empty() ? "" : ", ") + (parsed ? schema::FormatType(*parsed) : std::string(type));
    };
    for (const Word& word : words) {
      if (word.kind != Word::Kind::Symbol) continue;
      if (word.text == "(" || word.text == "[") ++depth;
      if ((word.text == ")" || word.text == "]") && depth > 0) --depth;
      if (word.text != "," || depth > 0) continue;
      take(word.begin);
      begin = word.end;
    }
    take(text.size());
    return list;
  }

  Context& context_;
  const ast::Target& target_;
  const Namespace& where_;
};

}  // namespace

std::optional<ObjectAddress> FindTarget(Context& context, const ast::Target& target, const Namespace& where) {
  return TargetFinder(context, target, where).Find();
}

std::string_view StatementWord(const schema::Catalog& catalog, const ObjectAddress& address) {
  switch (address.kind) {
    case ObjectKind::Schema:
      return "SCHEMA";
    case ObjectKind::Extension:
      return "EXTENSION";
    case ObjectKind::Collation:
      return "COLLATION";
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
      return "TYPE";
    case ObjectKind::Domain:
      return "DOMAIN";
    case ObjectKind::Sequence:
      return "SEQUENCE";
    case ObjectKind::Table:
      return "TABLE";
    case ObjectKind::Function: {
      const auto* function = catalog.Get<schema::Function>(address);
      return function != nullptr && function->procedure ? "PROCEDURE" : "FUNCTION";
    }
    case ObjectKind::Aggregate:
      return "AGGREGATE";
    case ObjectKind::View: {
      const auto* view = catalog.Get<schema::View>(address);
      return view != nullptr && view->materialized ? "MATERIALIZED VIEW" : "VIEW";
    }
    case ObjectKind::Index:
      return "INDEX";
    case ObjectKind::Trigger:
      return "TRIGGER";
    case ObjectKind::Policy:
      return "POLICY";
    case ObjectKind::Rule:
      return "RULE";
    case ObjectKind::Statistics:
      return "STATISTICS";
    case ObjectKind::EventTrigger:
      return "EVENT TRIGGER";
    case ObjectKind::Column:
    case ObjectKind::Constraint:
    case ObjectKind::DefaultPrivileges:
    case ObjectKind::SeedRow:
    case ObjectKind::Raw:
    case ObjectKind::Role:
      return "";
  }
  return "";
}

bool MeansTheSameAnywhere(Context& context, std::string_view statements, const Namespace& where,
                          const std::vector<ObjectAddress>& references, Span place) {
  sql::Scope outside = context.ScopeOf(where);
  outside.search_path = {"public"};
  const auto found = sql::ReferencesOfStatements(statements, outside);
  std::vector<ObjectAddress> differing;
  if (found) std::ranges::set_symmetric_difference(references, *found, std::back_inserter(differing));
  for (const ObjectAddress& address : differing) {
    context.Report(
        Diagnostic(DiagnosticKind::UnknownName, place,
                   fmt::format("this SQL runs as it stands, and finds {} only if its schema is written",
                               schema::Describe(address)))
            .Fix("write " + QuoteQualified(address.schema, address.name)));
    return false;
  }
  return true;
}

namespace {

void ReportIn(Context& context, const ast::Name& statements, const Error& error) {
  Span place = statements.span;
  // Between dollars the text stands as it is; an E'…' string does not, and then the whole string is meant.
  if (error.offset && context.Text(statements.span) == statements.text) {
    place.begin += static_cast<std::uint32_t>(std::min(*error.offset, statements.text.size()));
    place.end =
        std::min(place.end, place.begin + static_cast<std::uint32_t>(std::max<std::size_t>(error.length, 1)));
  }
  context.Report(Diagnostic(error.kind, place, error.message).Fix(error.fix));
}

}  // namespace

bool CheckStatements(Context& context, const ast::Name& statements, const Namespace& where,
                     std::vector<schema::ObjectAddress>* references) {
  auto found = sql::ReferencesOfStatements(statements.text, context.ScopeOf(where));
  if (!found) {
    ReportIn(context, statements, found.error());
    return false;
  }
  if (!MeansTheSameAnywhere(context, statements.text, where, *found, statements.span)) return false;
  if (references != nullptr) *references = *std::move(found);
  return true;
}

std::optional<std::string> QualifiedStatements(Context& context, const ast::Name& statements,
                                               const Namespace& where,
                                               std::vector<schema::ObjectAddress>* references) {
  auto found = sql::ReferencesOfStatements(statements.text, context.ScopeOf(where));
  const auto qualified = sql::QualifyStatements(statements.text, context.ScopeOf(where));
  if (!found || !qualified) {
    ReportIn(context, statements, found ? qualified.error() : found.error());
    return std::nullopt;
  }
  if (!MeansTheSameAnywhere(context, *qualified, where, *found, statements.span)) return std::nullopt;
  if (references != nullptr) *references = *std::move(found);
  return sql::Dedented(*qualified);
}

}  // namespace schemac::analyze
