#include "emitters/model/default_names.h"

#include <algorithm>

#include "emitters/postgres/spelling.h"
#include "schema/edit/names.h"
#include "schema/keys.h"

namespace schemac::emitters {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

schema::QualifiedName SerialName(const schema::QualifiedName& table, const std::string& column) {
  return {table.schema, schema::MakeObjectName(table.name, column, "seq")};
}

bool IsSerialType(const schema::Type& type) {
  return type.schema.empty() && !type.array &&
         (type.name == "integer" || type.name == "bigint" || type.name == "smallint");
}

// `nextval('t_id_seq'::regclass)`, with no more to it than the one reference.
bool IsNextval(const schema::Expression& value, const ObjectAddress& sequence) {
  bool found = false;
  for (const schema::Reference& reference : value.references) found = found || reference.target == sequence;
  const std::string& text = value.text;
  return found && text.starts_with("nextval('") && (text.ends_with("'::regclass)") || text.ends_with("')")) &&
         text.find('(', 8) == std::string::npos;
}

}  // namespace

DefaultNames::DefaultNames(const schema::Catalog& catalog) : catalog_(catalog) {
  for (const auto& [address, object] : catalog.objects()) {
    const bool part = address.kind == ObjectKind::Constraint || address.kind == ObjectKind::Index;
    const bool relation = address.kind == ObjectKind::Table || address.kind == ObjectKind::View ||
                          address.kind == ObjectKind::Sequence || address.kind == ObjectKind::Composite;
    if (part || relation) ++uses_[{address.schema, schema::OwnName(address)}];
    const auto* table = std::get_if<schema::Table>(&object);
    if (table == nullptr) continue;
    for (const schema::Column& column : table->columns) {
      if (column.default_value && IsSerialType(column.type))
        ++serial_candidates_[SerialName(table->name, column.name)];
      if (column.identity) ++serial_candidates_[SerialName(table->name, column.name)];
    }
  }
}

bool DefaultNames::IsUnique(const schema::QualifiedName& name) const {
  const auto found = uses_.find(name);
  return found != uses_.end() && found->second == 1;
}

bool DefaultNames::RepeatsAKey(const schema::Constraint& constraint) const {
  const auto parts = catalog_.PartsOf(constraint.table, ObjectKind::Constraint);
  return std::ranges::any_of(parts, [&](const schema::Object* part) {
    const auto& other = std::get<schema::Constraint>(*part);
    return other.name != constraint.name && schema::MakeOneKey(other, constraint);
  });
}

bool DefaultNames::IsDefault(const schema::Constraint& constraint) const {
  if (RepeatsAKey(constraint)) return false;
  static const schema::Catalog kEmpty = schema::Catalog::Empty();
  return IsUnique({constraint.table.schema, constraint.name}) &&
         schema::ChooseConstraintName(kEmpty, constraint) == constraint.name;
}

bool DefaultNames::IsDefault(const schema::Index& index) const {
  static const schema::Catalog kEmpty = schema::Catalog::Empty();
  return IsUnique({index.table.schema, index.name}) && schema::ChooseIndexName(kEmpty, index) == index.name;
}

std::optional<ObjectAddress> DefaultNames::SerialSequence(const schema::Table& table,
                                                          const schema::Column& column) const {
  if (!column.default_value || !column.not_null || column.generated || column.identity ||
      !IsSerialType(column.type) || column.inherited) {
    return std::nullopt;
  }
  const schema::QualifiedName name = SerialName(table.name, column.name);
  const auto candidates = serial_candidates_.find(name);
  if (candidates == serial_candidates_.end() || candidates->second != 1) return std::nullopt;
  const ObjectAddress address{ObjectKind::Sequence, name.schema, name.name, ""};
  const auto* sequence = catalog_.Get<schema::Sequence>(address);
  if (sequence == nullptr || sequence->type != column.type) return std::nullopt;
  if (sequence->unlogged != table.unlogged) return std::nullopt;
  const ObjectAddress owner{ObjectKind::Column, table.name.schema, table.name.name, column.name};
  if (sequence->owned_by != owner) return std::nullopt;
  schema::SequenceOptions options;
  options.max = postgres::DefaultBounds(column.type, true).max;
  if (sequence->options != options || !IsNextval(*column.default_value, address)) return std::nullopt;
  return address;
}

bool DefaultNames::MadeBySerial(const schema::Sequence& sequence) const {
  if (!sequence.owned_by) return false;
  const schema::Table* table = catalog_.FindTable(sequence.owned_by->qualified());
  const schema::Column* column = table == nullptr ? nullptr : table->FindColumn(sequence.owned_by->member);
  if (column == nullptr) return false;
  const ObjectAddress address{ObjectKind::Sequence, sequence.name.schema, sequence.name.name, ""};
  return SerialSequence(*table, *column) == address;
}

}  // namespace schemac::emitters
