#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kTruncate;
const Rule kTruncate = {
    .id = "truncate",
    .severity = Severity::Error,
    .summary = "the rows of a table are lost",
    .why = "TRUNCATE takes ACCESS EXCLUSIVE, fires no row triggers, and no statement brings the rows back.",
    .instead = "DELETE in batches of what is meant",
    .unsafe = "TRUNCATE t;",
    .safe = "DELETE FROM t WHERE id < 10;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::Truncate}) && !scene.IsNew())
            report.Add(scene, fmt::format("the rows of {} are lost", scene.Relation()));
        },
};

}  // namespace schemac::lint
