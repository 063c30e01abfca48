#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kUpdateEveryRow;
const Rule kUpdateEveryRow = {
    .id = "update-every-row",
    .severity = Severity::Warning,
    .summary = "one UPDATE or DELETE of every row",
    .why = "Every row stays locked to the end of the transaction, and the table doubles in size.",
    .instead = "batches by key, each in a transaction of its own",
    .unsafe = "UPDATE t SET b = 'x';",
    .safe = "UPDATE t SET b = 'x' WHERE id BETWEEN 1 AND 1000;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::UpdateEveryRow, Operation::DeleteEveryRow}) || scene.IsNew()) return;
          report.Add(scene,
                     fmt::format("every row of {} is locked until the transaction ends", scene.Relation()));
        },
};

}  // namespace schemac::lint
