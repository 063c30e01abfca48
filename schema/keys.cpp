#include "schema/keys.h"

namespace schemac::schema {

bool IsKey(ConstraintKind kind) {
  return kind == ConstraintKind::PrimaryKey || kind == ConstraintKind::Unique;
}

bool HasIndex(ConstraintKind kind) { return IsKey(kind) || kind == ConstraintKind::Exclusion; }

bool MakeOneKey(const Constraint& first, const Constraint& second) {
  return IsKey(first.kind) && second.kind == ConstraintKind::Unique && first.columns == second.columns &&
         first.include == second.include && first.deferrable == second.deferrable &&
         first.initially_deferred == second.initially_deferred &&
         first.nulls_not_distinct == second.nulls_not_distinct;
}

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
  if (!IsKey(key.kind) || key.deferrable) return false;
  Index wanted = IndexBehind(key);
  wanted.name = index.name;
  return wanted == index;
}

bool IsChosen(const Table& table, const std::string& index) {
  return table.clustered_on == index || table.replica_identity == "index " + index;
}

}  // namespace schemac::schema
