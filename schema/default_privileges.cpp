#include "schema/default_privileges.h"

namespace schemac::schema {

std::string_view DefaultPrivilegesClass(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Table:
    case ObjectKind::View:
      return "tables";
    case ObjectKind::Sequence:
      return "sequences";
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      return "functions";
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
      return "types";
    case ObjectKind::Schema:
      return "schemas";
    case ObjectKind::Extension:
    case ObjectKind::Collation:
    case ObjectKind::Column:
    case ObjectKind::Constraint:
    case ObjectKind::Index:
    case ObjectKind::Trigger:
    case ObjectKind::Policy:
    case ObjectKind::Rule:
    case ObjectKind::Statistics:
    case ObjectKind::EventTrigger:
    case ObjectKind::DefaultPrivileges:
    case ObjectKind::SeedRow:
    case ObjectKind::Raw:
    case ObjectKind::Role:
      return "";
  }
  return "";
}

}  // namespace schemac::schema
