#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kRefreshNotConcurrent;
const Rule kRefreshNotConcurrent = {
    .id = "refresh-not-concurrent",
    .severity = Severity::Warning,
    .summary = "a materialized view cannot be read while it is refreshed",
    .why = "REFRESH without CONCURRENTLY holds ACCESS EXCLUSIVE for as long as its query runs.",
    .instead = "REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index",
    .unsafe = "REFRESH MATERIALIZED VIEW m;",
    .safe = "REFRESH MATERIALIZED VIEW CONCURRENTLY m;",
    .schema = "CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE UNIQUE INDEX m_a ON m (a);",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::RefreshMaterializedView}) && !scene.IsNew())
            report.Add(scene, fmt::format("{} cannot be read meanwhile", scene.Relation()));
        },
};

}  // namespace schemac::lint
