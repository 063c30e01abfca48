#include <algorithm>

#include "schema/default_privileges.h"
#include "schema/edit/edit.h"
#include "schema/edit/limits.h"
#include "schema/edit/messages.h"
#include "schema/edit/names.h"

namespace schemac::schema {

Privileges DefaultPrivilegesOf(const Catalog& catalog, const ObjectAddress& address) {
  Privileges privileges = BuiltinPrivileges(address.kind);
  const std::string on(DefaultPrivilegesClass(address.kind));
  if (on.empty()) return privileges;
  // Of the role that runs the script. Those for other roles take effect when these create something.
  const auto entry = [&](const std::string& schema) {
    return catalog.Get<DefaultPrivileges>({ObjectKind::DefaultPrivileges, schema, "", on});
  };
  if (const DefaultPrivileges* everywhere = entry("")) {
    for (const Privilege& revoked : everywhere->revoked) {
      std::erase_if(privileges, [&](const Privilege& it) {
        return it.grantee == revoked.grantee && it.privilege == revoked.privilege;
      });
    }
    privileges.insert(everywhere->privileges.begin(), everywhere->privileges.end());
  }
  if (address.schema.empty()) return privileges;
  if (const DefaultPrivileges* here = entry(address.schema)) {
    privileges.insert(here->privileges.begin(), here->privileges.end());
  }
  std::erase_if(privileges, [](const Privilege& it) { return it.grantee == kRunner; });
  return privileges;
}

Done Create(Catalog& catalog, Object object) {
  const ObjectAddress address = AddressOf(object);
  if (auto* constraint = std::get_if<Constraint>(&object))
    return AddConstraint(catalog, std::move(*constraint));
  if (Done place = CheckPlace(catalog, address); !place) return place;
  if (Done names = CheckNames(catalog, object, address); !names) return names;
  if (Done limits = CheckLimits(object); !limits) return limits;
  if (Privileges granted = DefaultPrivilegesOf(catalog, address); !granted.empty())
    BaseOf(object).privileges.Edit().merge(granted);
  catalog.Put(std::move(object));
  return std::monostate();
}

Done AddColumn(Catalog& catalog, const QualifiedName& table, Column column) {
  const Table* found = catalog.FindTable(table);
  if (found == nullptr) return Unknown("relation " + Quoted(table.name) + " does not exist");
  if (found->FindColumn(column.name) != nullptr) {
    return Duplicate("column " + Quoted(column.name) + " of relation " + Quoted(table.name) +
                     " already exists");
  }
  if (Done count = CheckColumnCount(found->columns.size() + 1); !count) return count;
  const bool names_sequence = column.identity && !column.identity->sequence_name.empty();
  if (names_sequence && catalog.FindRelation({table.schema, column.identity->sequence_name})) {
    return Duplicate("relation " + Quoted(column.identity->sequence_name) + " already exists");
  }
  if (!names_sequence) {
    catalog.GetMutable<Table>({ObjectKind::Table, table.schema, table.name, ""})
        ->columns.push_back(std::move(column));
    return std::monostate();
  }
  Table changed = *found;
  changed.columns.push_back(std::move(column));
  catalog.Put(std::move(changed));
  return std::monostate();
}

namespace {

Error NoSuchColumn(const std::string& column, std::string_view where) {
  return {"column " + Quoted(column) + " " + std::string(where) + " does not exist",
          DiagnosticKind::UnknownColumn,
          {},
          1,
          ""};
}

Done CheckForeignKey(const Catalog& catalog, const Constraint& constraint) {
  const ForeignKey& key = *constraint.foreign_key;
  const Table* target = catalog.FindTable(key.table);
  if (target == nullptr) return Unknown("relation " + Quoted(key.table.name) + " does not exist");
  for (const std::string& column : key.columns) {
    if (target->FindColumn(column) == nullptr)
      return NoSuchColumn(column, "referenced in foreign key constraint");
  }
  if (key.columns.size() != constraint.columns.size()) {
    return Invalid("number of referencing and referenced columns for foreign key disagree");
  }
  return std::monostate();
}

Done CheckColumns(const Table& table, const Constraint& constraint) {
  const std::string_view where =
      constraint.kind == ConstraintKind::ForeignKey ? "referenced in foreign key constraint" : "named in key";
  for (const auto* columns : {&constraint.columns, &*constraint.include}) {
    for (const std::string& column : *columns) {
      if (table.FindColumn(column) == nullptr) return NoSuchColumn(column, where);
    }
  }
  for (const IndexElement& element : constraint.elements) {
    if (!element.column.empty() && table.FindColumn(element.column) == nullptr) {
      return NoSuchColumn(element.column, "named in key");
    }
  }
  return std::monostate();
}

bool HasPrimaryKey(const Catalog& catalog, const QualifiedName& table) {
  return std::ranges::any_of(catalog.PartsOf(table, ObjectKind::Constraint), [](const Object* it) {
    return std::get<Constraint>(*it).kind == ConstraintKind::PrimaryKey;
  });
}

}  // namespace

Done AddConstraint(Catalog& catalog, Constraint constraint) {
  const Table* table = catalog.FindTable(constraint.table);
  if (table == nullptr) return Unknown("relation " + Quoted(constraint.table.name) + " does not exist");
  if (constraint.kind == ConstraintKind::PrimaryKey && HasPrimaryKey(catalog, constraint.table)) {
    return Invalid("multiple primary keys for table " + Quoted(constraint.table.name) + " are not allowed");
  }
  if (Done columns = CheckColumns(*table, constraint); !columns) return columns;
  if (constraint.foreign_key) {
    if (Done key = CheckForeignKey(catalog, constraint); !key) return key;
  }
  if (constraint.name.empty()) constraint.name = ChooseConstraintName(catalog, constraint);
  Object object = std::move(constraint);
  if (Done limits = CheckLimits(object); !limits) return limits;
  if (Done names = CheckNames(catalog, object, AddressOf(object)); !names) return names;
  const auto& added = std::get<Constraint>(object);
  if (added.kind == ConstraintKind::PrimaryKey) {
    auto* changed = catalog.GetMutable<Table>({ObjectKind::Table, added.table.schema, added.table.name, ""});
    for (const std::string& column : added.columns) changed->FindColumn(column)->not_null = true;
  }
  catalog.Put(std::move(object));
  return std::monostate();
}

}  // namespace schemac::schema
