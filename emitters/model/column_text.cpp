#include <array>

#include <nlohmann/json.hpp>

#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/model/item_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters {
namespace {

// What stands between the quotes of `'…'` or `'…'::jsonb`, unescaped; nullopt for anything else.
std::optional<std::string> QuotedText(std::string_view text) {
  if (text.empty() || text.front() != '\'') return std::nullopt;
  const std::size_t end = TokenEnd(text, 0);
  const std::string_view rest = text.substr(end);
  if (rest != "::jsonb" && !rest.empty()) return std::nullopt;
  std::string value;
  for (std::size_t i = 1; i + 1 < end; ++i) {
    value += text[i];
    if (text[i] == '\'') ++i;
  }
  return value;
}

std::string JsonText(const schema::Expression& value) {
  const auto text = QuotedText(value.text);
  if (!text) return "";
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  return json.is_object() || json.is_array() ? *text : std::string();
}

std::string_view SerialWord(const std::string& type) {
  if (type == "smallint") return "smallserial";
  return type == "bigint" ? "bigserial" : "serial";
}

void WriteValue(const schema::Table& table, const schema::Column& column, SqlWriter& sql) {
  if (column.default_value && !column.generated && !column.identity) {
    sql.Write("DEFAULT").Sql(ValueText(*column.default_value, &column.type));
  } else {
    postgres::WriteColumnValue(table.name, column, sql);
  }
}

}  // namespace

bool InPrimaryKey(const schema::Table& table, const std::string& column, const ModelContext& context) {
  for (const schema::Object* part : context.catalog.PartsOf(table.name, schema::ObjectKind::Constraint)) {
    const auto& constraint = std::get<schema::Constraint>(*part);
    if (constraint.kind != schema::ConstraintKind::PrimaryKey) continue;
    for (const std::string& name : constraint.columns) {
      if (name == column) return true;
    }
  }
  return false;
}

std::string MemberName(const std::string& name) {
  static constexpr std::array<std::string_view, 14> kWords = {
      "index",   "trigger", "policy", "rule",   "exclude",  "row", "force",
      "replica", "cluster", "revoke", "enable", "unlogged", "was", "nulls"};
  for (std::string_view word : kWords) {
    if (name == word) return "\"" + name + "\"";
  }
  return QuoteIdentifier(name);
}

std::string ValueText(const schema::Expression& value, const schema::Type* type) {
  if (type != nullptr && type->schema.empty() && type->name == "jsonb" && !type->array) {
    std::string json = JsonText(value);
    if (!json.empty()) return json;
  }
  return DefaultText(value.text);
}

ColumnText SpellColumn(const schema::Table& table, const schema::Column& column,
                       const std::vector<std::string>& inline_constraints, const std::string& backfill,
                       const ModelContext& context) {
  ColumnText text;
  text.name = MemberName(column.name);
  SqlWriter clauses = context.Writer();
  for (const std::string& constraint : inline_constraints) {
    if (constraint.starts_with("primary key")) clauses.Sql(constraint);
  }
  const auto sequence = context.names.SerialSequence(table, column);
  if (sequence && (context.new_sequences == nullptr || context.new_sequences->contains(*sequence))) {
    text.type = SerialWord(column.type.name);
  } else {
    text.type = context.Writer().Type(column.type).Take();
    if (column.not_null && !InPrimaryKey(table, column.name, context)) clauses.Write("NOT NULL");
    WriteValue(table, column, clauses);
  }
  if (column.collation) clauses.Write("COLLATE").CatalogName(*column.collation);
  if (!column.storage.empty()) clauses.Write("STORAGE").Name(column.storage);
  if (!column.compression.empty()) clauses.Write("COMPRESSION").Name(column.compression);
  if (column.statistics) clauses.Write("STATISTICS").Number(*column.statistics);
  if (!column.options.empty()) clauses.Write("WITH").OptionList(column.options);
  for (const std::string& constraint : inline_constraints) {
    if (!constraint.starts_with("primary key")) clauses.Sql(constraint);
  }
  if (!backfill.empty()) clauses.Write("BACKFILL").Sql(backfill);
  text.clauses = clauses.Take();
  return text;
}

std::string JoinColumn(const ColumnText& column) {
  return column.name + " " + column.type + (column.clauses.empty() ? "" : " " + column.clauses);
}

}  // namespace schemac::emitters
