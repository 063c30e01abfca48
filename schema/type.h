// Canonical types. `int4`, `INT` and `integer` are one Type; whoever makes one normalises first (MakeType).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/rare.h"
#include "schema/address.h"

namespace schemac::schema {

// A type as format_type() would print it (PostgreSQL manual, 9.26.4), taken apart.
struct Type {
  std::string schema;  // "" for types of pg_catalog, else where the type lives.
  std::string
      name;  // Canonical: "integer", "character varying", "timestamp with time zone", "tenant_status".
  Rare<std::string>
      modifiers;       // What stands in the parentheses: "255", "10,2"; for interval also "day to second(3)".
  bool array = false;  // PostgreSQL does not tell dimensions apart (manual, 8.15.1).

  auto operator<=>(const Type&) const = default;
  bool operator==(const Type&) const = default;
};

// As SQL: `character varying(255)`, `timestamp(3) with time zone`, `control_plane.tenant_status[]`; user
// types are quoted and qualified by QuoteQualified.
std::string FormatType(const Type& type);

// The canonical name of a type of pg_catalog for any of its spellings (int4, int, INTEGER, varchar,
// timestamptz, "char", float8, _int4 is not one), or nullopt if pg_catalog has none of that name.
std::optional<std::string> CanonicalBuiltinType(std::string_view name);

// Whether a value of `from` becomes one of `to` by itself in ALTER COLUMN TYPE, without USING: an implicit or
// assignment cast exists (pg_cast of PostgreSQL 15, plus the automatic I/O conversions to string types).
// False when unknown.
bool HasAssignmentCast(const Type& from, const Type& to);

// Whether ALTER COLUMN TYPE keeps the table's storage: varchar(n) to a wider varchar or text, and the like
// (PostgreSQL manual, ALTER TABLE, notes).
bool IsBinaryCoercible(const Type& from, const Type& to);

}  // namespace schemac::schema
