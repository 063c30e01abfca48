#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/quote.h"
#include "compiler/verify/facts_internal.h"

namespace schemac::verify {
namespace {

std::string List(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

std::string Deferral(const schema::Constraint& constraint) {
  return std::string(constraint.deferrable ? " deferrable" : "") +
         (constraint.initially_deferred ? " initially deferred" : "");
}

const char* ActionWord(schema::ForeignKeyAction action) {
  switch (action) {
    case schema::ForeignKeyAction::NoAction:
      return "no action";
    case schema::ForeignKeyAction::Restrict:
      return "restrict";
    case schema::ForeignKeyAction::Cascade:
      return "cascade";
    case schema::ForeignKeyAction::SetNull:
      return "set null";
    case schema::ForeignKeyAction::SetDefault:
      return "set default";
  }
  return "";
}

std::string ForeignKeyText(const schema::Constraint& constraint) {
  const schema::ForeignKey& key = *constraint.foreign_key;
  return fmt::format("foreign key ({}) references {} ({}){} on delete {} on update {}{}{}",
                     List(constraint.columns), DottedName(key.table), List(key.columns),
                     key.match_full ? " match full" : "", ActionWord(key.on_delete),
                     ActionWord(key.on_update), Deferral(constraint),
                     constraint.not_valid ? " not valid" : "");
}

std::string KeyText(const schema::Constraint& constraint) {
  return fmt::format("{} ({}){}{}{}",
                     constraint.kind == schema::ConstraintKind::PrimaryKey ? "primary key" : "unique",
                     List(constraint.columns),
                     constraint.include.empty() ? "" : " include (" + List(constraint.include) + ")",
                     constraint.nulls_not_distinct ? " nulls not distinct" : "", Deferral(constraint));
}

// `lower(email) desc`; nullopt when the expression is not shown alike everywhere.
std::optional<std::string> ElementText(const schema::IndexElement& element) {
  std::optional<std::string> text = QuoteIdentifier(element.column);
  if (element.expression) text = sql::ServerText(*element.expression);
  // The collation of an expression that has its own cannot be told from one that was asked for.
  if (!text || (element.expression && element.collation)) return std::nullopt;
  if (element.collation) *text += " collate " + element.collation->name;
  if (element.operator_class) *text += " " + element.operator_class->name;
  if (element.descending) *text += " desc";
  if (element.nulls_first != element.descending)
    *text += element.nulls_first ? " nulls first" : " nulls last";
  return text;
}

std::optional<std::string> IndexText(const schema::Index& index) {
  std::vector<std::string> elements;
  for (const schema::IndexElement& element : index.elements) {
    const auto text = ElementText(element);
    if (!text) return std::nullopt;
    elements.push_back(*text);
  }
  std::string text = fmt::format("{}{} ({})", index.unique ? "unique " : "", index.method, List(elements));
  if (!index.include.empty()) text += " include (" + List(index.include) + ")";
  if (index.nulls_not_distinct) text += " nulls not distinct";
  if (!index.where) return text;
  const auto where = sql::ServerText(*index.where);
  return where ? std::optional(text + " where " + *where) : std::nullopt;
}

const char* FiringWord(schema::FiringMode firing) {
  switch (firing) {
    case schema::FiringMode::Origin:
      return "";
    case schema::FiringMode::Disabled:
      return " disabled";
    case schema::FiringMode::Replica:
      return " enabled replica";
    case schema::FiringMode::Always:
      return " enabled always";
  }
  return "";
}

}  // namespace

void AddTable(const schema::Table& table, Facts& facts) {
  FactWriter writer(AddressOf(schema::Object(table)), facts);
  std::string text = table.unlogged ? "unlogged table" : "table";
  if (table.partition_key) text += " partitioned by " + table.partition_key->strategy;
  if (table.partition_of) text += " partition of " + DottedName(table.partition_of->parent);
  std::vector<std::string> parents;
  for (const schema::QualifiedName& parent : table.inherits) parents.push_back(DottedName(parent));
  if (!parents.empty()) text += " inherits (" + List(parents) + ")";
  writer.Is(text);
  writer.Has("row level security", table.row_security ? "enabled" : "disabled");
  writer.Has("forced row level security", table.force_row_security ? "enabled" : "disabled");
  writer.HasBase(table, {});
}

void AddColumnFacts(const schema::Table& table, const schema::Column& column, Facts& facts) {
  FactWriter writer({schema::ObjectKind::Column, table.name.schema, table.name.name, column.name}, facts);
  std::string text = TypeText(column.type) + (column.not_null ? " not null" : "");
  if (column.identity) {
    text += column.identity->kind == schema::IdentityKind::Always ? " generated always as identity"
                                                                  : " generated by default as identity";
  }
  if (column.generated) text += " generated always as stored";
  writer.Is(text);
  writer.HasExpression("default", column.generated ? column.generated : column.default_value, column.type);
  writer.Has("collation", column.collation ? column.collation->name : "");
  writer.Has("comment", column.comment);
  writer.HasPrivileges(column.privileges, {});
  if (!column.identity) return;
  const schema::Object sequence = HiddenSequence(table.name, column);
  FactWriter(AddressOf(sequence), facts).HasPrivileges(column.identity->privileges, {});
}

void AddConstraint(const schema::Constraint& constraint, Facts& facts) {
  FactWriter writer(AddressOf(schema::Object(constraint)), facts);
  switch (constraint.kind) {
    case schema::ConstraintKind::PrimaryKey:
    case schema::ConstraintKind::Unique:
      writer.Is(KeyText(constraint));
      break;
    case schema::ConstraintKind::ForeignKey:
      writer.Is(ForeignKeyText(constraint));
      break;
    case schema::ConstraintKind::Check:
      writer.Is(std::string("check") + (constraint.no_inherit ? " no inherit" : "") +
                (constraint.not_valid ? " not valid" : ""));
      writer.HasExpression("expression", constraint.check);
      break;
    case schema::ConstraintKind::Exclusion:
      writer.Is("exclude" + Deferral(constraint));
      writer.DoesNotCompare("elements");
      break;
  }
  writer.Has("comment", constraint.comment);
}

void AddIndex(const schema::Index& index, Facts& facts) {
  FactWriter writer(AddressOf(schema::Object(index)), facts);
  writer.Is("index");
  if (const auto text = IndexText(index)) {
    writer.Has("definition", *text);
  } else {
    writer.DoesNotCompare("definition");
  }
  writer.Has("comment", index.comment);
}

// pg_trigger.tgtype is told by the numbers of the syntax tree (parsenodes.h, CreateTrigStmt).
void AddTrigger(const schema::Trigger& trigger, Facts& facts) {
  FactWriter writer(AddressOf(schema::Object(trigger)), facts);
  const std::string& form = trigger.definition.canonical;
  const auto number = [&](const char* name) {
    const std::size_t at = form.find(name);
    return at == std::string::npos ? 0 : std::atoi(form.c_str() + at + std::string_view(name).size());
  };
  const int bits =
      number(" timing='") | number(" events='") | (form.find(" row='true'") != std::string::npos ? 1 : 0);
  std::string text = bits & 2 ? "before" : bits & 64 ? "instead of" : "after";
  std::string events;
  for (const auto& [bit, word] : {std::pair(4, "insert"), {8, "delete"}, {16, "update"}, {32, "truncate"}}) {
    if (bits & bit) events += std::string(events.empty() ? " " : " or ") + word;
  }
  text += events + (bits & 1 ? " for each row" : " for each statement");
  const auto function = std::ranges::find(trigger.definition.references, schema::ObjectKind::Function,
                                          [](const schema::Reference& it) { return it.target.kind; });
  if (function != trigger.definition.references.end())
    text += " execute " + DottedName(function->target.qualified());
  writer.Is(text + FiringWord(trigger.firing));
  if (form.find("when_clause") != std::string::npos) writer.DoesNotCompare("condition");
  writer.Has("comment", trigger.comment);
}

void AddPolicy(const schema::Policy& policy, Facts& facts) {
  FactWriter writer(AddressOf(schema::Object(policy)), facts);
  writer.Is(fmt::format("{} policy for {} to {}", policy.permissive ? "permissive" : "restrictive",
                        policy.command, policy.roles.empty() ? "public" : List(policy.roles)));
  writer.HasExpression("using", policy.using_expression);
  writer.HasExpression("with check", policy.with_check);
  writer.Has("comment", policy.comment);
}

}  // namespace schemac::verify
