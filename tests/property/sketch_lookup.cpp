#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/support/quote.h"
#include "tests/property/sketch.h"

namespace schemac::testing {
namespace {

// One of the family's literals; nothing volatile, so that it may stand anywhere.
const std::vector<std::string>& LiteralsOf(Family family) {
  static const std::map<Family, std::vector<std::string>> literals = {
      {Family::Integer, {"0", "7", "-3"}},
      {Family::Number, {"0", "1.5", "-2"}},
      {Family::Text, {"''", "'it''s'", "'Größe \\ \"x\"'"}},
      {Family::Boolean, {"true", "false"}},
      {Family::Time, {"'2020-01-02'", "now()", "CURRENT_DATE"}},
      {Family::Uuid, {"gen_random_uuid()", "'00000000-0000-0000-0000-000000000001'"}},
      {Family::Json, {"'{}'", R"('{"a": [1, "it''s"], "ü": null}')", "'[]'::jsonb"}},
      {Family::Bytes, {"'\\x00ff'"}},
      {Family::Interval, {"'1 day'", "interval '2 hours'"}},
      {Family::IntegerArray, {"'{}'", "'{1,2}'", "ARRAY[3, 4]"}},
      {Family::TextArray, {"'{}'", "ARRAY['a', 'b c']", "ARRAY[]::text[]"}},
      {Family::EnumArray, {"'{}'"}},
  };
  static const std::vector<std::string> none;
  const auto found = literals.find(family);
  return found == literals.end() ? none : found->second;
}

// `{}` is the subject.
const std::vector<std::string>& PredicatesOf(Family family) {
  static const std::map<Family, std::vector<std::string>> predicates = {
      {Family::Integer, {"{0} > 0", "{0} BETWEEN 1 AND 99", "{0} IN (1, 2, 3)", "{0} % 2 <> 1"}},
      {Family::Number, {"{0} >= 0", "{0} < 10.5 OR {0} IS NULL", "abs({0}) > 1"}},
      {Family::Text,
       {"length({0}) > 2", "{0} <> ''", "{0} LIKE 'a%'", "lower({0}) = {0}", "{0} IN ('x', 'it''s')"}},
      {Family::Boolean, {"{0}", "NOT {0}", "{0} IS TRUE"}},
      {Family::Time, {"{0} > '2020-01-01'", "{0} IS NOT NULL"}},
      {Family::Uuid, {"{0} IS NOT NULL", "{0} <> '00000000-0000-0000-0000-000000000000'"}},
      {Family::Json, {"jsonb_typeof({0}) = 'object'", "({0} ->> 'a') IS NOT NULL", "{0} ? 'a'"}},
      {Family::Bytes, {"length({0}) < 100", "{0} IS NOT NULL"}},
      {Family::Interval, {"{0} > '1 hour'", "{0} IS NOT NULL"}},
      {Family::IntegerArray, {"cardinality({0}) > 1", "1 = ANY ({0})"}},
      {Family::TextArray, {"cardinality({0}) > 1", "'a' = ANY ({0})", "{0} @> ARRAY['x']"}},
      {Family::EnumArray, {"cardinality({0}) > 1", "{0} IS NOT NULL"}},
      {Family::Opaque, {"{0} IS NOT NULL", "{0} IS NULL"}},
  };
  return predicates.at(family);
}

template <typename T>
const T& Choose(const std::vector<T>& all, int variant) {
  return all[static_cast<std::size_t>(variant) % all.size()];
}

}  // namespace

const std::vector<BuiltinType>& BuiltinTypes() {
  static const std::vector<BuiltinType> types = {
      {"integer", Family::Integer},
      {"text", Family::Text},
      {"bigint", Family::Integer},
      {"smallint", Family::Integer},
      {"varchar(50)", Family::Text},
      {"numeric(10,2)", Family::Number},
      {"double precision", Family::Number},
      {"boolean", Family::Boolean},
      {"timestamptz", Family::Time},
      {"date", Family::Time},
      {"uuid", Family::Uuid},
      {"jsonb", Family::Json},
      {"bytea", Family::Bytes},
      {"interval", Family::Interval},
      {"integer[]", Family::IntegerArray},
      {"text[]", Family::TextArray},
      {"varchar(20)", Family::Text},
      {"timestamp(3)", Family::Time},
  };
  return types;
}

Lookup::Lookup(const Sketch& sketch) {
  for (const SketchBase& it : sketch.schemas) named_[it.id] = &it;
  for (const SketchCollation& it : sketch.collations) named_[it.id] = &it;
  for (const SketchEnum& it : sketch.enums) enums_[it.id] = &it, named_[it.id] = &it;
  for (const SketchDomain& it : sketch.domains) domains_[it.id] = &it, named_[it.id] = &it;
  for (const SketchComposite& it : sketch.composites) named_[it.id] = &it;
  for (const SketchSequence& it : sketch.sequences) named_[it.id] = &it;
  for (const SketchFunction& it : sketch.functions) named_[it.id] = &it;
  for (const SketchTable& it : sketch.tables) {
    tables_[it.id] = &it, named_[it.id] = &it;
    for (const SketchColumn& column : it.columns) columns_[column.id] = &column, named_[column.id] = &column;
  }
  for (const SketchView& it : sketch.views) {
    views_[it.id] = &it, named_[it.id] = &it;
    for (const SketchOutput& output : it.outputs) outputs_[output.id] = &output, named_[output.id] = &output;
  }
}

std::string Lookup::Name(Id id) const {
  const SketchBase* base = &Base(id);
  // A view's column without a name of its own has that of what it shows.
  while (base->name.empty() && outputs_.contains(base->id)) base = &Base(outputs_.at(base->id)->column);
  return QuoteIdentifier(base->name);
}

std::string Lookup::Qualified(Id id) const {
  const SketchBase& base = Base(id);
  return QuoteQualified(base.schema == 0 ? "public" : Base(base.schema).name, base.name);
}

std::string Lookup::TypeText(const SketchType& type) const {
  if (type.named == 0) return BuiltinTypes()[static_cast<std::size_t>(type.builtin)].text;
  return Qualified(type.named) + (type.array ? "[]" : "");
}

Family Lookup::FamilyOf(const SketchType& type) const {
  if (type.named == 0) return BuiltinTypes()[static_cast<std::size_t>(type.builtin)].family;
  if (enums_.contains(type.named)) return type.array ? Family::EnumArray : Family::Enum;
  const auto domain = domains_.find(type.named);
  if (domain == domains_.end() || type.array) return Family::Opaque;
  return BuiltinTypes()[static_cast<std::size_t>(domain->second->builtin)].family;
}

SketchType Lookup::TypeOfColumn(Id column) const {
  const auto output = outputs_.find(column);
  return output == outputs_.end() ? columns_.at(column)->type : TypeOfColumn(output->second->column);
}

std::vector<Id> Lookup::ColumnsOf(Id relation) const {
  std::vector<Id> columns;
  if (const SketchTable* table = Table(relation)) {
    if (Table(table->parent) != nullptr) columns = ColumnsOf(table->parent);
    for (const SketchColumn& column : table->columns) columns.push_back(column.id);
  } else if (views_.contains(relation)) {
    for (const SketchOutput& output : views_.at(relation)->outputs) columns.push_back(output.id);
  }
  return columns;
}

bool Lookup::HasColumn(Id relation, Id column) const {
  const std::vector<Id> columns = ColumnsOf(relation);
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

const SketchColumn* Lookup::Column(Id column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() ? nullptr : found->second;
}

const SketchTable* Lookup::Table(Id table) const {
  const auto found = tables_.find(table);
  return found == tables_.end() ? nullptr : found->second;
}

const SketchEnum* Lookup::Enum(Id id) const {
  const auto found = enums_.find(id);
  return found == enums_.end() ? nullptr : found->second;
}

std::string Lookup::Literal(const SketchType& type, int variant) const {
  const Family family = FamilyOf(type);
  if (family == Family::Enum) return QuoteLiteral(Choose(Enum(type.named)->labels, variant).text);
  if (family == Family::EnumArray && variant % 2 == 1) {
    const std::string label = QuoteLiteral(Choose(Enum(type.named)->labels, variant).text);
    return fmt::format("ARRAY[{}]::{}", label, TypeText(type));
  }
  const std::vector<std::string>& all = LiteralsOf(family);
  return all.empty() ? "" : Choose(all, variant);
}

std::string Lookup::Predicate(const std::string& subject, const SketchType& type, int variant) const {
  const Family family = FamilyOf(type);
  if (family != Family::Enum)
    return fmt::format(fmt::runtime(Choose(PredicatesOf(family), variant)), subject);
  const std::string one = Literal(type, variant);
  const std::string other = Literal(type, variant + 1);
  constexpr std::array<const char*, 3> kShapes = {"{0} = {1}", "{0} IN ({1}, {2})", "{0} <> {1}::{3}"};
  return fmt::format(fmt::runtime(kShapes[static_cast<std::size_t>(variant) % kShapes.size()]), subject, one,
                     other, TypeText(type));
}

std::string Lookup::PredicateOf(Id column, int variant) const {
  return Predicate(Name(column), TypeOfColumn(column), variant);
}

}  // namespace schemac::testing
