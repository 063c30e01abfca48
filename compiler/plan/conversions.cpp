// How rows get from one type of a column to another.
#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "compiler/plan/conversion.h"
#include "compiler/plan/work.h"
#include "compiler/support/quote.h"
#include "schema/domains.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::Type;

schema::Expression Sql(std::string text) {
  schema::Expression expression;
  expression.text = std::move(text);
  return expression;
}

bool IsString(const Type& type) {
  return type.schema.empty() && !type.array &&
         (type.name == "text" || type.name == "character varying" || type.name == "character" ||
          type.name == "name" || type.name == "bpchar");
}

Type ElementOf(Type type) {
  type.array = false;
  return type;
}

bool IsEnum(const schema::Catalog& catalog, const Type& type) {
  return !type.schema.empty() && catalog.Has({ObjectKind::Enum, type.schema, type.name, ""});
}

// Types of the schema's own that have a text and no casts but those that somebody made.
bool IsMadeOfParts(const schema::Catalog& catalog, const Type& type) {
  return !type.schema.empty() && (catalog.Has({ObjectKind::Composite, type.schema, type.name, ""}) ||
                                  catalog.Has({ObjectKind::Range, type.schema, type.name, ""}));
}

bool HasCasts(const schema::Catalog& catalog) {
  return std::ranges::any_of(catalog.objects(), [](const auto& entry) {
    const auto* raw = std::get_if<schema::Raw>(&entry.second);
    return raw != nullptr && raw->kind == "cast";
  });
}

// Casts that PostgreSQL makes only when asked (pg_cast with castcontext 'e', manual 53.10), beyond those by
// way of text.
bool HasExplicitCast(const Type& from, const Type& to) {
  static const std::set<std::pair<std::string, std::string>> casts = {
      {"integer", "boolean"}, {"boolean", "integer"},  {"jsonb", "boolean"},
      {"jsonb", "numeric"},   {"jsonb", "smallint"},   {"jsonb", "integer"},
      {"jsonb", "bigint"},    {"jsonb", "real"},       {"jsonb", "double precision"},
      {"bit", "integer"},     {"bit", "bigint"},       {"integer", "bit"},
      {"bigint", "bit"},      {"integer", "\"char\""}, {"\"char\"", "integer"},
      {"circle", "point"},    {"box", "point"},        {"polygon", "point"},
      {"path", "polygon"},    {"lseg", "point"},       {"circle", "box"},
      {"box", "circle"},      {"polygon", "box"},      {"polygon", "circle"},
  };
  return from.schema.empty() && to.schema.empty() && casts.contains({from.name, to.name});
}

// The steps of a chain of replacements in an order in which none meets the outcome of one before; nullopt
// when there is none.
std::optional<std::vector<std::pair<std::string, std::string>>> Sequential(
    std::map<std::string, std::string> mapping) {
  std::vector<std::pair<std::string, std::string>> result;
  while (!mapping.empty()) {
    const auto next = std::find_if(mapping.begin(), mapping.end(),
                                   [&](const auto& entry) { return !mapping.contains(entry.second); });
    if (next == mapping.end()) return std::nullopt;
    result.emplace_back(*next);
    mapping.erase(next);
  }
  return result;
}

// The column's type goes by the same name before and after: from its former self to the new one, by way of
// text.
std::optional<schema::Expression> Retyping(Work& work, const ObjectAddress& column, const Type& to,
                                           const ObjectFate& type) {
  const std::string name = QuoteIdentifier(column.member);
  const std::map<std::string, std::string>& mapping = type.heirs;
  if (!to.array) {
    std::string text = name + "::text";
    if (!mapping.empty()) {
      std::string cases = "CASE " + text;
      for (const auto& [from, label] : mapping)
        cases += " WHEN " + QuoteLiteral(from) + " THEN " + QuoteLiteral(label);
      text = "(" + cases + " ELSE " + text + " END)";
    }
    return Sql(text + "::" + FormatType(to));
  }
  const auto replacements = Sequential(mapping);
  if (!replacements) {
    work.Refuse(DiagnosticKind::CannotPlan, "the labels of " + Describe(AddressOf(*type.after)) +
                                                " change places, and " + Describe(column) +
                                                " holds arrays of them");
    return std::nullopt;
  }
  std::string text = name + "::text[]";
  for (const auto& [from, label] : *replacements) {
    text = "array_replace(" + text + ", " + QuoteLiteral(from) + ", " + QuoteLiteral(label) + ")";
  }
  return Sql(text + "::" + FormatType(to));
}

int Digits(const std::string& modifiers, std::size_t place) {
  int value = -1;
  const char* at = modifiers.data();
  const char* const end = modifiers.data() + modifiers.size();
  for (std::size_t i = 0; at < end; ++i) {
    while (at < end && (*at == ' ' || *at == ',')) ++at;
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc{}) return -1;
    if (i == place) return value;
    at = next;
  }
  return -1;
}

bool IsFraction(const Type& type) {
  return type.name == "numeric" || type.name == "real" || type.name == "double precision";
}
bool IsWhole(const Type& type) {
  return type.name == "smallint" || type.name == "integer" || type.name == "bigint";
}
bool IsTimestamp(const Type& type) {
  return type.name == "timestamp with time zone" || type.name == "timestamp without time zone";
}

std::string DecimalsAfter(int digits) {
  if (digits <= 0) return "the decimals";
  return digits == 1 ? "all decimals but one" : "all decimals but " + std::to_string(digits);
}

}  // namespace

// A string that is too long for its new type or a number that is out of range stops the statement instead.
std::string LostByNarrowing(const Type& from, const Type& to) {
  if (!from.schema.empty() || !to.schema.empty()) return "";
  if (IsFraction(from) && IsWhole(to)) return "the decimals";
  if (IsTimestamp(from) && to.name == "date") return "the times of day";
  if (IsTimestamp(from) && to.name.starts_with("time ")) return "the dates";
  const bool from_decimal = from.name == "numeric";
  if (to.name == "real" && (from_decimal || from.name == "double precision")) {
    return "the digits after the 6th";
  }
  if (to.name == "double precision" && from_decimal) return "the digits after the 15th";
  if (from_decimal && to.name == "numeric" && !to.modifiers.empty()) {
    const int scale = std::max(0, Digits(to.modifiers, 1));
    const bool cuts = from.modifiers.empty() || std::max(0, Digits(from.modifiers, 1)) > scale;
    return cuts ? DecimalsAfter(scale) : "";
  }
  if (IsTimestamp(from) && from.name == to.name && !to.modifiers.empty()) {
    const bool cuts = from.modifiers.empty() || Digits(from.modifiers, 0) > Digits(to.modifiers, 0);
    return cuts ? DecimalsAfter(Digits(to.modifiers, 0)) + " of seconds" : "";
  }
  return "";
}

bool HasConversion(const Type& from, const Type& to) {
  if (from.schema == to.schema && from.name == to.name && from.array == to.array) return true;
  if (HasAssignmentCast(from, to)) return true;
  if (from.array != to.array) return false;
  const Type from_element = ElementOf(from);
  const Type to_element = ElementOf(to);
  if (HasAssignmentCast(from_element, to_element)) return true;
  if (IsString(from_element) || HasExplicitCast(from_element, to_element)) return true;
  // What a label, a domain or a composite type is in text, only its author knows.
  if (!from_element.schema.empty() || !to_element.schema.empty()) return true;
  const bool reads_json = from_element.name == "json" || from_element.name == "jsonb";
  const bool is_json = to_element.name == "json" || to_element.name == "jsonb";
  const bool prints_json =
      IsWhole(from_element) || IsFraction(from_element) || from_element.name == "boolean";
  return reads_json || (is_json && prints_json);
}

std::optional<schema::Expression> ConversionOf(Work& work, const ObjectAddress& column,
                                               const ColumnFate& fate) {
  const Type& from = fate.before->type;
  const Type& to = fate.after->type;
  if (fate.conversion.up) return fate.conversion.up;
  if (from.schema == to.schema && from.name == to.name && from.array == to.array) {
    for (const ObjectKind kind : {ObjectKind::Enum, ObjectKind::Domain, ObjectKind::Range}) {
      const auto type = work.objects.find({kind, to.schema, to.name, ""});
      if (type != work.objects.end() && type->second.retyped) return Retyping(work, column, to, type->second);
    }
    return std::nullopt;
  }
  const std::optional<std::string> cast =
      CastBetween(work.source, work.target, QuoteIdentifier(column.member), from, to);
  return cast ? std::optional(Sql(*cast)) : std::nullopt;
}

std::optional<std::string> CastBetween(const schema::Catalog& source, const schema::Catalog& target,
                                       const std::string& value, const Type& from, const Type& to) {
  if (HasAssignmentCast(from, to)) return std::nullopt;
  const Type from_element = WithoutDomains(source, ElementOf(from));
  const Type to_element = ElementOf(to);
  const bool same_shape = from.array == to.array;
  if (same_shape && from.array && HasAssignmentCast(from_element, to_element)) return std::nullopt;
  const bool of_domain = from_element != ElementOf(from);
  const bool direct =
      same_shape ? IsString(from_element) || HasExplicitCast(from_element, to_element) ||
                       (of_domain && HasAssignmentCast(from_element, WithoutDomains(target, to_element)))
                 : IsString(from);
  const bool of_parts = IsMadeOfParts(source, from_element) || IsMadeOfParts(target, to_element);
  const bool by_text = IsEnum(source, from_element) || IsEnum(target, to_element) ||
                       from_element.schema.empty() || !same_shape || (of_parts && !HasCasts(target));
  if (direct || !by_text) return value + "::" + FormatType(to);
  return value + (from.array && same_shape ? "::text[]::" : "::text::") + FormatType(to);
}

}  // namespace schemac::plan
