#include "schema/object.h"

#include <algorithm>

#include "compiler/support/overloaded.h"

namespace schemac::schema {

namespace {

// Indexes of the columns in the order of their names, so that two tables compare in O(n log n).
std::vector<const Column*> ByName(const std::vector<Column>& columns) {
  std::vector<const Column*> sorted;
  sorted.reserve(columns.size());
  for (const Column& column : columns) sorted.push_back(&column);
  std::ranges::sort(sorted, {}, &Column::name);
  return sorted;
}

bool SameColumns(const std::vector<Column>& left, const std::vector<Column>& right) {
  if (left.size() != right.size()) return false;
  // Most have the same order.
  if (std::ranges::equal(left, right)) return true;
  return std::ranges::equal(ByName(left), ByName(right),
                            [](const Column* a, const Column* b) { return *a == *b; });
}

// The options of a collation without reference to one that every server has; others differ from machine to
// machine.
Options Spelled(const Options& options) {
  constexpr std::string_view kCatalog = "pg_catalog.";
  constexpr std::string_view kIcu = "-x-icu";
  const auto copy = options.find("from");
  if (copy == options.end() || !copy->second.starts_with(kCatalog)) return options;
  const std::string name = copy->second.substr(kCatalog.size());
  if (name == "C" || name == "POSIX") return {{"locale", name}};
  if (!name.ends_with(kIcu)) return options;
  return {{"provider", "icu"}, {"locale", name.substr(0, name.size() - kIcu.size())}};
}

}  // namespace

bool Table::operator==(const Table& other) const {
  return ObjectBase::operator==(other) && name == other.name && unlogged == other.unlogged &&
         inherits == other.inherits && partition_key == other.partition_key &&
         partition_of == other.partition_of && options == other.options &&
         access_method == other.access_method && tablespace == other.tablespace &&
         row_security == other.row_security && force_row_security == other.force_row_security &&
         replica_identity == other.replica_identity && clustered_on == other.clustered_on &&
         SameColumns(columns, other.columns);
}

const Column* Table::FindColumn(std::string_view column) const {
  auto found = std::ranges::find(columns, column, &Column::name);
  return found == columns.end() ? nullptr : &*found;
}

Column* Table::FindColumn(std::string_view column) {
  auto found = std::ranges::find(columns, column, &Column::name);
  return found == columns.end() ? nullptr : &*found;
}

bool View::operator==(const View& other) const {
  // Output names are compared where both sides know them; a list that one side could not work out is no
  // difference. Whether a materialized view has been filled is data: pg_dump --schema-only says WITH NO DATA
  // of each.
  const bool same_columns = columns.empty() || other.columns.empty() || columns == other.columns;
  return ObjectBase::operator==(other) && name == other.name && materialized == other.materialized &&
         same_columns && options == other.options && access_method == other.access_method &&
         tablespace == other.tablespace && query == other.query && column_comments == other.column_comments &&
         column_privileges == other.column_privileges && column_defaults == other.column_defaults;
}

bool Collation::operator==(const Collation& other) const {
  return ObjectBase::operator==(other) && name == other.name && Spelled(options) == Spelled(other.options);
}

ObjectAddress AddressOf(const Object& object) {
  using Kind = ObjectKind;
  const auto qualified = [](Kind kind, const QualifiedName& name, std::string member = "") {
    return ObjectAddress{kind, name.schema, name.name, std::move(member)};
  };
  const auto global = [](Kind kind, const std::string& name) { return ObjectAddress{kind, "", name, ""}; };
  return std::visit(
      Overloaded{
          [&](const Schema& it) { return global(Kind::Schema, it.name); },
          [&](const Extension& it) { return global(Kind::Extension, it.name); },
          [&](const Collation& it) { return qualified(Kind::Collation, it.name); },
          [&](const Enum& it) { return qualified(Kind::Enum, it.name); },
          [&](const Composite& it) { return qualified(Kind::Composite, it.name); },
          [&](const Range& it) { return qualified(Kind::Range, it.name); },
          [&](const Domain& it) { return qualified(Kind::Domain, it.name); },
          [&](const Sequence& it) { return qualified(Kind::Sequence, it.name); },
          [&](const Table& it) { return qualified(Kind::Table, it.name); },
          [&](const Function& it) { return qualified(Kind::Function, it.name, it.identity_arguments); },
          [&](const Aggregate& it) { return qualified(Kind::Aggregate, it.name, it.identity_arguments); },
          [&](const View& it) { return qualified(Kind::View, it.name); },
          [&](const Constraint& it) { return qualified(Kind::Constraint, it.table, it.name); },
          [&](const Index& it) { return qualified(Kind::Index, it.table, it.name); },
          [&](const Trigger& it) { return qualified(Kind::Trigger, it.table, it.name); },
          [&](const Policy& it) { return qualified(Kind::Policy, it.table, it.name); },
          [&](const Rule& it) { return qualified(Kind::Rule, it.table, it.name); },
          [&](const Statistics& it) { return qualified(Kind::Statistics, it.name); },
          [&](const EventTrigger& it) { return global(Kind::EventTrigger, it.name); },
          [&](const DefaultPrivileges& it) {
            return ObjectAddress{Kind::DefaultPrivileges, it.schema, it.role, it.on};
          },
          [&](const SeedRow& it) { return qualified(Kind::SeedRow, it.table, it.key); },
          [&](const Raw& it) { return global(Kind::Raw, it.name); },
      },
      object);
}

Sequence HiddenSequence(const QualifiedName& table, const Column& column) {
  const Identity& identity = *column.identity;
  Sequence sequence;
  static_cast<ObjectBase&>(sequence) = identity;
  sequence.name = {table.schema, identity.sequence_name};
  sequence.type = column.type;
  sequence.options = identity.options;
  return sequence;
}

std::vector<QualifiedName> ParentsOf(const Table& table) {
  std::vector<QualifiedName> parents = table.inherits;
  if (table.partition_of) parents.push_back(table.partition_of->parent);
  return parents;
}

// Every alternative of Object has the same base.
ObjectBase& BaseOf(Object& object) {
  return std::visit([](auto& it) -> ObjectBase& { return it; }, object);
}

const ObjectBase& BaseOf(const Object& object) {
  return std::visit([](const auto& it) -> const ObjectBase& { return it; }, object);
}

Privileges BuiltinPrivileges(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      return {{"", "EXECUTE", false}};
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
      return {{"", "USAGE", false}};
    default:
      return {};
  }
}

}  // namespace schemac::schema
