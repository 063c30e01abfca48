#include "schema/address.h"

#include "compiler/support/check.h"

namespace schemac::schema {

std::string_view KindWord(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Schema:
      return "schema";
    case ObjectKind::Extension:
      return "extension";
    case ObjectKind::Collation:
      return "collation";
    case ObjectKind::Enum:
      return "enum";
    case ObjectKind::Composite:
      return "composite type";
    case ObjectKind::Range:
      return "range type";
    case ObjectKind::Domain:
      return "domain";
    case ObjectKind::Sequence:
      return "sequence";
    case ObjectKind::Table:
      return "table";
    case ObjectKind::Column:
      return "column";
    case ObjectKind::Function:
      return "function";
    case ObjectKind::Aggregate:
      return "aggregate";
    case ObjectKind::View:
      return "view";
    case ObjectKind::Constraint:
      return "constraint";
    case ObjectKind::Index:
      return "index";
    case ObjectKind::Trigger:
      return "trigger";
    case ObjectKind::Policy:
      return "policy";
    case ObjectKind::Rule:
      return "rule";
    case ObjectKind::Statistics:
      return "statistics";
    case ObjectKind::EventTrigger:
      return "event trigger";
    case ObjectKind::DefaultPrivileges:
      return "default privileges";
    case ObjectKind::SeedRow:
      return "seed row";
    case ObjectKind::Raw:
      return "raw object";
    case ObjectKind::Role:
      return "role";
  }
  CheckFailed();
}

bool IsTablePart(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Column:
    case ObjectKind::Constraint:
    case ObjectKind::Index:
    case ObjectKind::Trigger:
    case ObjectKind::Policy:
    case ObjectKind::Rule:
    case ObjectKind::SeedRow:
      return true;
    default:
      return false;
  }
}

ObjectAddress TableOf(const ObjectAddress& part) {
  Check(IsTablePart(part.kind));
  return {ObjectKind::Table, part.schema, part.name, ""};
}

bool IsLabel(const ObjectAddress& address) {
  return address.kind == ObjectKind::Enum && !address.member.empty();
}

ObjectAddress HolderOf(ObjectAddress address) {
  if (IsLabel(address)) address.member.clear();
  return address;
}

const std::string& OwnName(const ObjectAddress& address) {
  return IsTablePart(address.kind) || IsLabel(address) ? address.member : address.name;
}

void SetOwnName(ObjectAddress& address, std::string name) {
  (IsTablePart(address.kind) || IsLabel(address) ? address.member : address.name) = std::move(name);
}

namespace {

// For reading, not for SQL: the dotted name as one quoted word.
std::string Words(const ObjectAddress& address) {
  std::string text = "\"";
  if (!address.schema.empty() && address.schema != "public") text += address.schema + ".";
  return text + address.name + "\"";
}

}  // namespace

std::string Describe(const ObjectAddress& address) {
  const std::string word(KindWord(address.kind));
  switch (address.kind) {
    case ObjectKind::Function:
    case ObjectKind::Aggregate: {
      std::string name = Words(address);
      name.pop_back();
      return word + " " + name + "(" + address.member + ")\"";
    }
    case ObjectKind::SeedRow:
      return word + " " + address.member + " of table " + Words(address);
    case ObjectKind::DefaultPrivileges: {
      std::string text = word + " on " + address.member;
      if (!address.name.empty()) text += " of role \"" + address.name + "\"";
      if (!address.schema.empty()) text += " in schema \"" + address.schema + "\"";
      return text;
    }
    default:
      break;
  }
  if (IsLabel(address)) {
    return "label \"" + address.member + "\" of enum " + Words(address);
  }
  if (IsTablePart(address.kind)) return word + " \"" + address.member + "\" of table " + Words(address);
  return word + " " + Words(address);
}

}  // namespace schemac::schema
