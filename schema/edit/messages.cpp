#include "schema/edit/messages.h"

namespace schemac::schema {

std::string Quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

Error Duplicate(std::string message) {
  return {std::move(message), DiagnosticKind::DuplicateName, {}, 1, ""};
}
Error Unknown(std::string message) { return {std::move(message), DiagnosticKind::UnknownName, {}, 1, ""}; }
Error Invalid(std::string message) {
  return {std::move(message), DiagnosticKind::InvalidDefinition, {}, 1, ""};
}

namespace {

Error AlreadyExists(const ObjectAddress& address) {
  const std::string name = Quoted(OwnName(address));
  switch (address.kind) {
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::Sequence:
    case ObjectKind::Index:
      return Duplicate("relation " + name + " already exists");
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
      return Duplicate("type " + name + " already exists");
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      return Duplicate("function " + name + " already exists with same argument types");
    case ObjectKind::Constraint:
    case ObjectKind::Trigger:
    case ObjectKind::Rule:
      return Duplicate(std::string(KindWord(address.kind)) + " " + name + " for relation " +
                       Quoted(address.name) + " already exists");
    case ObjectKind::Policy:
      return Duplicate("policy " + name + " for table " + Quoted(address.name) + " already exists");
    case ObjectKind::Statistics:
      return Duplicate("statistics object " + name + " already exists");
    default:
      return Duplicate(std::string(KindWord(address.kind)) + " " + name + " already exists");
  }
}

}  // namespace

Done CheckPlace(const Catalog& catalog, const ObjectAddress& address) {
  if (!address.schema.empty() && !catalog.Has({ObjectKind::Schema, "", address.schema, ""})) {
    return Unknown("schema " + Quoted(address.schema) + " does not exist");
  }
  if (!IsTablePart(address.kind)) return std::monostate();
  if (catalog.FindTable(address.qualified()) == nullptr && catalog.FindView(address.qualified()) == nullptr) {
    return Unknown("relation " + Quoted(address.name) + " does not exist");
  }
  return std::monostate();
}

Done CheckNames(const Catalog& catalog, const Object& object, const ObjectAddress& address) {
  bool is_relation = false;
  bool is_type = false;
  switch (address.kind) {
    case ObjectKind::Sequence:
    case ObjectKind::Index:
      is_relation = true;
      break;
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::Composite:
      is_relation = is_type = true;
      break;
    case ObjectKind::Enum:
    case ObjectKind::Range:
    case ObjectKind::Domain:
      is_type = true;
      break;
    case ObjectKind::Constraint:
      is_relation = std::get<Constraint>(object).kind != ConstraintKind::Check &&
                    std::get<Constraint>(object).kind != ConstraintKind::ForeignKey;
      break;
    default:
      break;
  }
  // What is nothing but a relation is found by its name, and the answer is the same.
  const bool is_more = address.kind == ObjectKind::Composite || address.kind == ObjectKind::Constraint;
  if ((!is_relation || is_more) && catalog.Has(address)) return AlreadyExists(address);
  if (!is_relation && !is_type) return std::monostate();
  const QualifiedName name{address.schema, OwnName(address)};
  if (is_relation && catalog.FindRelation(name)) {
    return Duplicate("relation " + Quoted(name.name) + " already exists");
  }
  if (is_type && catalog.FindType(name)) return Duplicate("type " + Quoted(name.name) + " already exists");
  return std::monostate();
}

Error DoesNotExist(const ObjectAddress& address) {
  const std::string name = Quoted(OwnName(address));
  std::string message;
  switch (address.kind) {
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
      message = "type " + name + " does not exist";
      break;
    case ObjectKind::Column:
    case ObjectKind::Constraint:
      message = std::string(KindWord(address.kind)) + " " + name + " of relation " + Quoted(address.name) +
                " does not exist";
      break;
    case ObjectKind::Trigger:
    case ObjectKind::Policy:
      message = std::string(KindWord(address.kind)) + " " + name + " for table " + Quoted(address.name) +
                " does not exist";
      break;
    case ObjectKind::Rule:
      message = "rule " + name + " for relation " + Quoted(address.name) + " does not exist";
      break;
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      message = std::string(KindWord(address.kind)) + " " + address.name + "(" + address.member +
                ") does not exist";
      break;
    default:
      message = std::string(KindWord(address.kind)) + " " + name + " does not exist";
  }
  return {std::move(message),
          address.kind == ObjectKind::Column ? DiagnosticKind::UnknownColumn : DiagnosticKind::UnknownName,
          {},
          1,
          ""};
}

}  // namespace schemac::schema
