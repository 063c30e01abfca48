#include "schema/edit/limits.h"

#include <fmt/format.h>

#include "schema/edit/messages.h"

namespace schemac::schema {

namespace {

Done CheckIndexColumns(std::size_t columns) {
  if (columns <= kMostKeyColumns) return std::monostate();
  return Invalid(fmt::format("cannot use more than {} columns in an index", kMostKeyColumns));
}

}  // namespace

Done CheckColumnCount(std::size_t columns) {
  if (columns <= kMostColumns) return std::monostate();
  return Invalid(fmt::format("tables can have at most {} columns", kMostColumns));
}

Done CheckLimits(const Object& object) {
  if (const auto* table = std::get_if<Table>(&object)) return CheckColumnCount(table->columns.size());
  if (const auto* view = std::get_if<View>(&object)) return CheckColumnCount(view->columns.size());
  if (const auto* type = std::get_if<Composite>(&object)) return CheckColumnCount(type->attributes.size());
  if (const auto* index = std::get_if<Index>(&object))
    return CheckIndexColumns(index->elements.size() + index->include.size());
  const auto* constraint = std::get_if<Constraint>(&object);
  if (constraint == nullptr) return std::monostate();
  if (constraint->kind != ConstraintKind::ForeignKey) {
    return CheckIndexColumns(constraint->columns.size() + constraint->elements.size() +
                             constraint->include.size());
  }
  if (constraint->columns.size() <= kMostKeyColumns) return std::monostate();
  return Invalid(fmt::format("cannot have more than {} keys in a foreign key", kMostKeyColumns));
}

}  // namespace schemac::schema
