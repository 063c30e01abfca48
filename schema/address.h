// How one object of a database names another: by kind and name, never by pointer (compare PostgreSQL's
// ObjectAddress, src/include/catalog/objectaddress.h, which uses OIDs; we have none offline).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/name_order.h"

namespace schemac::schema {

// The order of the enumerators is the order in which catalogs are listed.
enum class ObjectKind : std::uint8_t {
  Schema,
  Extension,
  Collation,
  Enum,
  Composite,
  Range,
  Domain,
  Sequence,
  Table,
  Column,
  Function,  // Functions and procedures.
  Aggregate,
  View,  // Plain and materialized.
  Constraint,
  Index,
  Trigger,
  Policy,
  Rule,
  Statistics,
  EventTrigger,
  DefaultPrivileges,
  SeedRow,
  Raw,
  Role,  // Never an object of a catalog: the target of a reference only.
};

// "table", "event trigger": what diagnostics and the language call it.
std::string_view KindWord(ObjectKind kind);

struct QualifiedName {
  std::string schema;
  std::string name;
  std::strong_ordering operator<=>(const QualifiedName& other) const {
    const auto order = CompareNames(schema, other.schema);
    return order != 0 ? order : CompareNames(name, other.name);
  }
  bool operator==(const QualifiedName&) const = default;
};

// The order of addresses, and of what has the same fields.
template <typename Left, typename Right>
std::strong_ordering CompareAddresses(const Left& left, const Right& right) {
  if (left.kind != right.kind) return left.kind <=> right.kind;
  if (const auto order = CompareNames(left.schema, right.schema); order != 0) return order;
  const auto order = CompareNames(left.name, right.name);
  return order != 0 ? order : CompareNames(left.member, right.member);
}

// Which of the fields are used depends on the kind:
//   Schema, Extension, EventTrigger, Raw, Role    name
//   Function, Aggregate                           schema, name, member = identity argument types: "integer,
//   text" Column, Constraint, Index, Trigger, Policy, Rule    schema and name of the TABLE (or view), member
//   = own name SeedRow                                       schema and name of the table, member = the key
//   as canonical JSON array DefaultPrivileges                             schema ("" = any), name = role (""
//   = current), member = object class the others                                    schema, name
// In a rename or a reference (never as the address of an object) an Enum may carry a label as its member.
// `schema` is never empty for an object that lives in one: names are resolved before they come here.
struct ObjectAddress {
  ObjectKind kind = ObjectKind::Schema;
  std::string schema;
  std::string name;
  std::string member;

  std::strong_ordering operator<=>(const ObjectAddress& other) const {
    return CompareAddresses(*this, other);
  }
  bool operator==(const ObjectAddress&) const = default;

  [[nodiscard]] QualifiedName qualified() const { return {schema, name}; }
};

// An address to look up, of names that stand elsewhere.
struct AddressView {
  AddressView(ObjectKind kind_, std::string_view schema_, std::string_view name_, std::string_view member_)
      : kind(kind_), schema(schema_), name(name_), member(member_) {}
  AddressView(const ObjectAddress& address)
      : AddressView(address.kind, address.schema, address.name, address.member) {}

  [[nodiscard]] ObjectAddress Copy() const {
    return {kind, std::string(schema), std::string(name), std::string(member)};
  }

  ObjectKind kind = ObjectKind::Schema;
  std::string_view schema;
  std::string_view name;
  std::string_view member;

  friend std::strong_ordering operator<=>(const ObjectAddress& left, const AddressView& right) {
    return CompareAddresses(left, right);
  }
  friend bool operator==(const ObjectAddress& left, const AddressView& right) {
    return left.kind == right.kind && left.schema == right.schema && left.name == right.name &&
           left.member == right.member;
  }
};

// Whether objects of this kind are parts of a table (or view) and carry its name in their address.
bool IsTablePart(ObjectKind kind);
// The table of a table part; Check()s that it is one.
ObjectAddress TableOf(const ObjectAddress& part);
// Whether it names a label of an enum.
bool IsLabel(const ObjectAddress& address);
// The address of the object that holds what is named: the enum of a label, anything else itself.
ObjectAddress HolderOf(ObjectAddress address);
// The object's own name: `member` for table parts and labels, else `name`.
const std::string& OwnName(const ObjectAddress& address);
void SetOwnName(ObjectAddress& address, std::string name);

// `table "control_plane.tenants"`, `column "name" of table "tenants"`: for messages.
std::string Describe(const ObjectAddress& address);

}  // namespace schemac::schema
