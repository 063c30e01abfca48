#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kAddStoredGenerated;
const Rule kAddStoredGenerated = {
    .id = "add-stored-generated",
    .severity = Severity::Warning,
    .summary = "a stored generated column writes the whole table anew",
    .why = "Its value is computed for every row under ACCESS EXCLUSIVE.",
    .instead = "a plain column that a trigger keeps and a batched update fills, or a view",
    .unsafe = "ALTER TABLE t ADD COLUMN c integer GENERATED ALWAYS AS (a + 1) STORED;",
    .safe = "ALTER TABLE t ADD COLUMN c integer;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddColumnGenerated}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("{} is rewritten to compute the column", scene.Relation()));
        },
};

}  // namespace schemac::lint
