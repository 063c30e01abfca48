#include "compiler/analyze/rows.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/analyze/targets.h"
#include "compiler/sql/interpret.h"
#include "compiler/sql/seed_key.h"
#include "compiler/support/quote.h"
#include "schema/dependencies.h"

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

struct PlacedRow {
  schema::SeedRow row;
  Span span;
};

class SeedReader {
 public:
  SeedReader(Context& context, const ast::Seed& seed, const Namespace& where, const schema::Table& table)
      : context_(context), seed_(seed), table_(table), scope_(context.ScopeOf(where)) {}

  // False, after reporting, when it cannot be told which columns identify a row.
  bool ReadKey() {
    bool usable = true;
    for (const ast::Name& column : seed_.key) {
      usable = context_.CheckColumn(table_, column) && usable;
      key_.push_back(column.text);
    }
    if (!key_.empty()) return usable;
    for (const schema::Object* part : context_.catalog.PartsOf(table_.name, ObjectKind::Constraint)) {
      const auto& constraint = std::get<schema::Constraint>(*part);
      if (constraint.kind == schema::ConstraintKind::PrimaryKey) key_ = constraint.columns;
    }
    if (!key_.empty()) return true;
    context_.Report(
        Diagnostic(DiagnosticKind::InvalidDefinition, seed_.table.span,
                   fmt::format("table {} has no primary key, so its seed must say what identifies a row",
                               Quoted(table_.name.name)))
            .Fix("write key (…) after the table"));
    return false;
  }

  // Reports it when a row that is there could not be told from a new one: ON CONFLICT finds nothing to go by.
  void CheckUnique() {
    if (!schema::FindUniqueKeys(context_.catalog, table_.name, key_).empty()) return;
    std::string names;
    for (const std::string& column : key_) names += (names.empty() ? "" : ", ") + Quoted(column);
    const Span place = seed_.key.empty() ? seed_.table.span : seed_.key.front().span;
    context_.Report(
        Diagnostic(
            DiagnosticKind::InvalidDefinition, place,
            fmt::format(
                "nothing keeps {} of table {} unique, so a row that is there cannot be told from a new one",
                names, Quoted(table_.name.name)))
            .Fix("add `unique` to what identifies a row, not deferrable"));
  }

  std::optional<schema::SeedRow> ReadRow(const ast::SeedRow& row) {
    schema::SeedRow made;
    made.table = table_.name;
    made.key_columns = key_;
    std::map<std::string, Span> places;
    for (const auto& [column, value] : row.values) {
      if (!context_.CheckColumn(table_, column)) return std::nullopt;
      if (!places.try_emplace(column.text, SpanOf(value)).second) {
        context_.Report(Diagnostic(DiagnosticKind::DuplicateName, column.span,
                                   fmt::format("column {} stands twice in one row", Quoted(column.text))));
        return std::nullopt;
      }
      scope_.value_type = table_.FindColumn(column.text)->type;
      auto expression = context_.Value(value.text, scope_);
      if (!expression) return std::nullopt;
      made.values.emplace(column.text, *std::move(expression));
    }
    return WithKey(std::move(made), row, places);
  }

 private:
  static Span SpanOf(const ast::Value& value) {
    return std::visit([](const auto& text) { return text.span; }, value.text);
  }

  std::optional<schema::SeedRow> WithKey(schema::SeedRow made, const ast::SeedRow& row,
                                         const std::map<std::string, Span>& places) {
    std::vector<std::string> parts;
    for (const std::string& column : key_) {
      auto value = made.values.find(column);
      if (value == made.values.end()) {
        context_.Report(
            Diagnostic(DiagnosticKind::InvalidDefinition, row.span,
                       fmt::format("the row gives no value for {}, which identifies it", Quoted(column))));
        return std::nullopt;
      }
      parts.push_back(sql::SeedKeyPart(value->second));
      if (parts.back() == "null") {
        context_.Report(Diagnostic(DiagnosticKind::InvalidDefinition, places.at(column),
                                   fmt::format("{} identifies the row and cannot be null", Quoted(column))));
        return std::nullopt;
      }
    }
    made.key = sql::SeedKey(parts);
    return made;
  }

  Context& context_;
  const ast::Seed& seed_;
  const schema::Table& table_;
  sql::Scope scope_;
  std::vector<std::string> key_;
};

ObjectAddress AddressOf(const ast::Raw& raw) { return {ObjectKind::Raw, "", raw.name.text, ""}; }

void ReportMissingRow(Context& context, const PlacedRow& read) {
  context.Report(
      Diagnostic(DiagnosticKind::UnknownName, read.span,
                 fmt::format("table {} has no seed row {}", Quoted(read.row.table.name), read.row.key)));
}

// The rows of a seed, as objects. What is wrong is reported and left out.
std::vector<PlacedRow> ReadSeed(Context& context, const ast::Seed& seed, const Namespace& where,
                                bool inserted = false) {
  std::vector<PlacedRow> rows;
  const auto address = context.FindRelation(seed.table, where);
  if (!address) return rows;
  const auto* table = context.catalog.Get<schema::Table>(*address);
  if (table == nullptr) {
    context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, seed.table.span,
                              fmt::format("{} is no table", Quoted(SpellName(seed.table)))));
    return rows;
  }
  SeedReader reader(context, seed, where, *table);
  if (!reader.ReadKey()) return rows;
  if (inserted) reader.CheckUnique();
  std::map<std::string, Span> seen;
  for (const ast::SeedRow& row : seed.rows) {
    auto made = reader.ReadRow(row);
    if (!made) continue;
    const auto [first, added] = seen.try_emplace(made->key, row.span);
    if (added) {
      rows.push_back({*std::move(made), row.span});
      continue;
    }
    context.Report(
        Diagnostic(DiagnosticKind::DuplicateName, row.span, fmt::format("the row {} stands twice", made->key))
            .AddNote(first->second, "first declared here"));
  }
  return rows;
}

}  // namespace

void AddSeed(Context& context, const ast::Seed& seed, const Namespace& where) {
  for (PlacedRow& read : ReadSeed(context, seed, where, true)) {
    const ObjectAddress address = schema::AddressOf(schema::Object(read.row));
    if (context.catalog.Has(address)) {
      context.Report(Diagnostic(
          DiagnosticKind::DuplicateName, read.span,
          fmt::format("table {} already has the seed row {}", Quoted(read.row.table.name), read.row.key)));
      continue;
    }
    context.catalog.Put(std::move(read.row));
  }
}

void RemoveSeed(Context& context, const ast::Seed& seed, const Namespace& where) {
  for (const PlacedRow& read : ReadSeed(context, seed, where)) {
    if (context.catalog.Remove(schema::AddressOf(schema::Object(read.row)))) continue;
    ReportMissingRow(context, read);
  }
}

void ReplaceSeed(Context& context, const ast::Seed& seed, const Namespace& where) {
  for (PlacedRow& read : ReadSeed(context, seed, where)) {
    if (context.catalog.Has(schema::AddressOf(schema::Object(read.row)))) {
      context.catalog.Put(std::move(read.row));
    } else {
      ReportMissingRow(context, read);
    }
  }
}

void AddRaw(Context& context, const ast::Raw& raw, const Namespace& where) {
  schema::Raw made;
  made.name = raw.name.text;
  if (raw.name.text.empty()) {
    context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, raw.name.span, "raw needs a name"));
    return;
  }
  if (context.catalog.Has(AddressOf(raw))) {
    context.Report(Diagnostic(DiagnosticKind::DuplicateName, raw.name.span,
                              fmt::format("raw {} already exists", Quoted(raw.name.text))));
    return;
  }
  const auto take = [&](const ast::Name& text, schema::Expression& expression) {
    if (!CheckStatements(context, text, where, nullptr)) return false;
    expression.text = text.text;
    expression.canonical = text.text;
    return true;
  };
  if (!take(raw.up, made.create)) return;
  if (raw.down && !take(*raw.down, made.drop)) return;
  sql::InterpretOptions options;
  options.search_path = where.search_path;
  const auto known = sql::InterpretRaw(made.name, made.create.text, made.drop.text, context.catalog, options);
  if (known && *known) {
    context.catalog.GetMutable<schema::Raw>(AddressOf(raw))->comment = raw.comment;
    return;
  }
  if (!raw.comment.empty()) {
    context.Report(Diagnostic(DiagnosticKind::Unsupported, raw.name.span,
                              "this SQL is no object of its own, so nothing can hold its documentation")
                       .Fix("write -- instead of ---"));
  }
  context.catalog.Put(std::move(made));
}

namespace {

// What an object of a known kind needs is told by its statements alone, as it will be told when they are read
// from a dump.
void CheckDependencies(Context& context, const ast::Raw& raw, const schema::Raw& made,
                       const Namespace& where) {
  for (const ast::Target& dependency : raw.depends_on) {
    const auto found = FindTarget(context, dependency, where);
    if (!found || std::ranges::find(made.depends_on, *found) != made.depends_on.end() ||
        std::ranges::find(made.create.references, *found, &schema::Reference::target) !=
            made.create.references.end()) {
      continue;
    }
    context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, dependency.name.span,
                              fmt::format("the statement that makes {} does not use {}", made.name,
                                          schema::Describe(*found)))
                       .Fix("leave it out"));
  }
}

}  // namespace

void ConnectRaw(Context& context, const ast::Raw& raw, const Namespace& where) {
  auto* made = context.catalog.GetMutable<schema::Raw>(AddressOf(raw));
  if (made == nullptr) return;
  if (!made->kind.empty()) {
    CheckDependencies(context, raw, *made, where);
    return;
  }
  made->depends_on.clear();
  for (const ast::Target& dependency : raw.depends_on) {
    if (auto found = FindTarget(context, dependency, where)) made->depends_on.push_back(*std::move(found));
  }
  std::sort(made->depends_on.begin(), made->depends_on.end());
  made->depends_on.erase(std::unique(made->depends_on.begin(), made->depends_on.end()),
                         made->depends_on.end());
}

}  // namespace schemac::analyze
