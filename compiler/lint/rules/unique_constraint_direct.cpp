#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kUniqueConstraintDirect;
const Rule kUniqueConstraintDirect = {
    .id = "unique-constraint-direct",
    .severity = Severity::Warning,
    .summary = "a new unique constraint builds its index while nobody can use the table",
    .why = "ADD UNIQUE holds ACCESS EXCLUSIVE until the index is built. Duplicates make it fail at the end.",
    .instead = "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX",
    .unsafe = "ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a);",
    .safe =
        "CREATE UNIQUE INDEX CONCURRENTLY t_a_key ON t (a); ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE "
        "USING INDEX t_a_key;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddUnique, Operation::AddColumnUnique}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("{} is locked against reads and writes while an index is built",
                                        scene.Relation()));
        },
};

}  // namespace schemac::lint
