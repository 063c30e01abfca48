// Types during analysis: one string names a type, so that signatures of built-in functions and types of the
// catalog compare alike. Built-in types go by their internal names ("int4", "_text"), others by schema,
// "\x02" and name, with "[]" for arrays.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/sql/expression.h"
#include "schema/type.h"

namespace schemac::sql {

using TypeKey = std::string;
// Nothing is known of the type: an extension's function, say.
inline constexpr std::string_view kUndetermined = "";
// A string literal that has not taken a type yet, or NULL.
inline constexpr std::string_view kUnknown = "unknown";

TypeKey KeyOf(const schema::Type& type);
schema::Type TypeOf(std::string_view key, std::string_view modifiers = {});
// "" when it is not an array.
TypeKey ElementOf(std::string_view key);
TypeKey ArrayOf(std::string_view key);
inline bool IsArrayKey(std::string_view key) { return !ElementOf(key).empty(); }
inline bool IsUserKey(std::string_view key) { return key.find('\x02') != std::string_view::npos; }
// The two between which a cast changes nothing.
inline bool IsStringType(std::string_view key) { return key == "text" || key == "varchar"; }

// What analysis asks about types; user types are looked up in the catalog.
class TypeSystem {
 public:
  explicit TypeSystem(const schema::Catalog* catalog) : catalog_(catalog) {}

  // A domain's base type (through domains of domains), else the type itself. `modifiers` receives the base's.
  [[nodiscard]] TypeKey Base(const TypeKey& key, std::string* modifiers = nullptr) const;
  [[nodiscard]] char Category(const TypeKey& key) const;
  [[nodiscard]] bool IsPreferred(const TypeKey& key) const;
  [[nodiscard]] bool IsEnum(const TypeKey& key) const;
  // The subtype of a range type, "" for others.
  [[nodiscard]] TypeKey RangeElement(const TypeKey& key) const;
  // Whether the catalog (or pg_catalog) tells everything about the type; false for the types of extensions.
  [[nodiscard]] bool IsKnown(const TypeKey& key) const;
  // Whether an implicit cast exists (parse_coerce.c, can_coerce_type). True for undetermined types.
  [[nodiscard]] bool CanCoerce(const TypeKey& from, const TypeKey& to) const;
  // select_common_type(): the type of CASE, COALESCE, ARRAY, UNION. kUndetermined when it cannot be told.
  [[nodiscard]] TypeKey CommonType(const std::vector<TypeKey>& keys) const;

  [[nodiscard]] const schema::Catalog* catalog() const { return catalog_; }
  [[nodiscard]] const schema::Object* Find(const TypeKey& key) const;

 private:
  const schema::Catalog* catalog_;
};

bool IsPolymorphic(std::string_view key);

}  // namespace schemac::sql
