#include "compiler/history/expand_trigger.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/plan/conversion.h"
#include "compiler/support/characters.h"
#include "compiler/support/quote.h"
#include "schema/edit/names.h"

namespace schemac {
namespace {

using schema::Catalog;
using schema::ObjectKind;
using schema::QualifiedName;

constexpr const char* kNameOfTrigger = "sync";

std::string FreeFunctionName(const Catalog& between, const Catalog& after, const QualifiedName& table) {
  return schema::FirstFreeName(table.name, "", kNameOfTrigger, [&](const std::string& name) {
    const QualifiedName qualified{table.schema, name};
    return !between.FindFunctions(qualified).empty() || !after.FindFunctions(qualified).empty();
  });
}

// A name that sorts after those of all other triggers of the table (manual, 39.1: "fired in alphabetical
// order by name").
ErrorOr<std::string> LastTriggerName(const Catalog& between, const QualifiedName& table) {
  const auto triggers = between.PartsOf(table, ObjectKind::Trigger);
  std::string prefix = "zz_";
  for (int round = 0; round < 8; ++round, prefix = "z" + prefix) {
    std::string name(TruncateIdentifier(prefix + schema::MakeObjectName(table.name, "", kNameOfTrigger)));
    const bool is_last = std::all_of(triggers.begin(), triggers.end(), [&](const schema::Object* other) {
      return std::get<schema::Trigger>(*other).name < name;
    });
    if (is_last) return name;
  }
  return Error{"no trigger can be made that fires after all those of " +
                   schema::Describe({ObjectKind::Table, table.schema, table.name, ""}),
               DiagnosticKind::CannotPlan,
               {},
               1,
               "rename the one whose name begins with z"};
}

// One value as one of the other type, where plpgsql assigns it.
std::string Assigned(const Catalog& before, const Catalog& after, const std::string& value,
                     const schema::Type& from, const schema::Type& to) {
  return plan::CastBetween(before, after, value, from, to).value_or(value);
}

// Compared as text: not every type has an equality (json), and those that have one may call equal what
// differs (1.0 and 1.00). OLD is NULL throughout for a row that is inserted. A write of the column beside
// wins; when it merely says what the old column holds, as filling it does, that one stays as it is spelled.
std::string BodyFor(const Catalog& before, const Catalog& after, const ExpandedColumn& one) {
  const std::string old_column = QuoteIdentifier(one.column.member);
  const std::string new_column = QuoteIdentifier(one.beside);
  return fmt::format(R"(  IF NEW.{1}::text IS DISTINCT FROM OLD.{1}::text THEN
    {1} := {2};
    IF {1}::text IS DISTINCT FROM NEW.{1}::text THEN
      NEW.{0} := {3};
    END IF;
  ELSIF NEW.{0}::text IS DISTINCT FROM OLD.{0}::text THEN
    NEW.{1} := {2};
  END IF;
)",
                     old_column, new_column, Assigned(before, after, "NEW." + old_column, one.from, one.to),
                     Assigned(before, after, "NEW." + new_column, one.to, one.from));
}

// The body of the function that such a trigger fires; "" for a trigger of another make.
std::string BodyOfEqualizer(const Catalog& catalog, const schema::Trigger& trigger) {
  const std::string text = Lower(trigger.definition.text);
  const bool always = trigger.firing == schema::FiringMode::Origin &&
                      text.starts_with("before insert or update on ") && text.find(" when ") == text.npos;
  if (!always) return "";
  for (const schema::Reference& reference : trigger.definition.references) {
    const auto* function = catalog.Get<schema::Function>(reference.target);
    if (function != nullptr) return function->definition.text;
  }
  return "";
}

// The column that the table's triggers keep equal to `column`, and that is not among those that go.
const schema::Column* KeeperOf(const Catalog& catalog, const schema::Table& table,
                               const schema::Column& column, const std::set<std::string>& gone) {
  for (const schema::Object* part : catalog.PartsOf(table.name, ObjectKind::Trigger)) {
    const std::string body = BodyOfEqualizer(catalog, std::get<schema::Trigger>(*part));
    if (body.empty()) continue;
    const auto keeps = [&](const schema::Column& one, const schema::Column& beside) {
      const schema::ObjectAddress address{ObjectKind::Column, table.name.schema, table.name.name, one.name};
      return body.find(BodyFor(catalog, catalog, {address, beside.name, one.type, beside.type, ""})) !=
             std::string::npos;
    };
    for (const schema::Column& other : table.columns) {
      if (gone.contains(other.name)) continue;
      if (keeps(column, other) || keeps(other, column)) return &other;
    }
  }
  return nullptr;
}

}  // namespace

ErrorOr<std::string> AddEqualizer(Catalog& between, const Catalog& before, const Catalog& after,
                                  const QualifiedName& table,
                                  const std::vector<const ExpandedColumn*>& columns,
                                  const sql::InterpretOptions& options) {
  const ErrorOr<std::string> trigger = LastTriggerName(between, table);
  if (!trigger) return trigger.error();
  std::string variables;
  std::string body;
  for (const ExpandedColumn* one : columns) {
    variables += fmt::format("  {} {};\n", QuoteIdentifier(one->beside), FormatType(one->to));
    body += BodyFor(before, after, *one);
  }
  const std::string function = QuoteQualified(table.schema, FreeFunctionName(between, after, table));
  const std::string text = fmt::format(
      "CREATE FUNCTION {0}() RETURNS trigger LANGUAGE plpgsql AS {1};\n"
      "CREATE TRIGGER {2} BEFORE INSERT OR UPDATE ON {3} FOR EACH ROW EXECUTE FUNCTION {0}();\n",
      function, DollarQuote("\nDECLARE\n" + variables + "BEGIN\n" + body + "  RETURN NEW;\nEND\n"),
      QuoteIdentifier(*trigger), QuoteQualified(table.schema, table.name));
  const ErrorOr<sql::Interpreted> made = sql::InterpretStatements(text, between, options);
  if (!made) return made.error();
  sql::LinkNames(between);
  return *trigger;
}

std::map<schema::ObjectAddress, plan::Options::Keeper> ColumnsKept(const Catalog& before,
                                                                   const schema::Diff& diff) {
  std::map<QualifiedName, std::set<std::string>> gone;
  for (const schema::Change& change : diff.changes) {
    const auto* drop = std::get_if<schema::DropColumn>(&change);
    if (drop != nullptr) gone[drop->table].insert(drop->column.name);
  }
  std::map<schema::ObjectAddress, plan::Options::Keeper> kept;
  for (const auto& [name, columns] : gone) {
    const schema::Table* table = before.FindTable(name);
    if (table == nullptr) continue;
    for (const std::string& one : columns) {
      const schema::Column* column = table->FindColumn(one);
      const schema::Column* keeper = column == nullptr ? nullptr : KeeperOf(before, *table, *column, columns);
      if (keeper == nullptr) continue;
      kept[{ObjectKind::Column, name.schema, name.name, one}] = {keeper->name, keeper->type};
    }
  }
  return kept;
}

}  // namespace schemac
