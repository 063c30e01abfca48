#include "schema/key_index.h"

namespace schemac::schema {

Index IndexBehind(const Constraint& key) {
  Index index;
  index.table = key.table;
  index.name = key.name;
  index.unique = true;
  for (const std::string& column : key.columns) {
    IndexElement element;
    element.column = column;
    index.elements.push_back(std::move(element));
  }
  index.include = key.include;
  index.nulls_not_distinct = key.nulls_not_distinct;
  index.options = key.options;
  index.tablespace = key.tablespace;
  return index;
}

bool IsIndexFor(const Index& index, const Constraint& key) {
  const bool is_key = key.kind == ConstraintKind::PrimaryKey || key.kind == ConstraintKind::Unique;
  if (!is_key || key.deferrable) return false;
  Index wanted = IndexBehind(key);
  wanted.name = index.name;
  return wanted == index;
}

bool IsChosen(const Table& table, const std::string& index) {
  return table.clustered_on == index || table.replica_identity == "index " + index;
}

}  // namespace schemac::schema
