#include "compiler/lint/rule.h"

namespace schemac::lint {

namespace {

bool IsKey(const sql::ColumnTraits& column) {
  if (column.serial || column.identity) return true;
  for (const sql::ConstraintTraits& constraint : column.constraints) {
    if (constraint.kind == schema::ConstraintKind::PrimaryKey) return true;
  }
  return false;
}

}  // namespace

extern const Rule kPreferBigintKey;
const Rule kPreferBigintKey = {
    .id = "prefer-bigint-key",
    .severity = Severity::Note,
    .summary = "a key of type integer runs out at 2147483647",
    .why = "To widen it later rewrites the table and every table that references it.",
    .instead = "bigint",
    .unsafe = "CREATE TABLE n (id integer PRIMARY KEY);",
    .safe = "CREATE TABLE n (id bigint PRIMARY KEY);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.AddsColumns()) return;
          for (const sql::ColumnTraits& column : scene.deed.columns) {
            if (IsKey(column) && column.type.schema.empty() &&
                (column.type.name == "integer" || column.type.name == "smallint"))
              report.Add(column.place, "numbers of this key may run out");
          }
        },
};

}  // namespace schemac::lint
