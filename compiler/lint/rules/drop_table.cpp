#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDropTable;
const Rule kDropTable = {
    .id = "drop-table",
    .severity = Severity::Error,
    .summary = "the rows of a table are lost, and code that names it fails",
    .why = "No statement brings them back.",
    .instead = "rename it first and drop it when nobody has missed it; keep a copy",
    .unsafe = "DROP TABLE t;",
    .safe = "ALTER TABLE t SET (fillfactor = 90);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::DropTable, Operation::DropTableReferencing}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("the rows of {} are lost", scene.Relation()));
        },
};

}  // namespace schemac::lint
