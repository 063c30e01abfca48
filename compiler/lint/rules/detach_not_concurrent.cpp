#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDetachNotConcurrent;
const Rule kDetachNotConcurrent = {
    .id = "detach-not-concurrent",
    .severity = Severity::Warning,
    .summary = "DETACH PARTITION stops reads and writes of the whole partitioned table",
    .why =
        "Without CONCURRENTLY it takes ACCESS EXCLUSIVE on the parent: it waits for every query on any "
        "partition, and all later ones wait behind it.",
    .instead = "DETACH PARTITION … CONCURRENTLY, outside any transaction (PostgreSQL 14)",
    .unsafe = "ALTER TABLE p DETACH PARTITION p1;",
    .safe = "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;",
    .schema =
        "CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES "
        "FROM (0) TO (9);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::DetachPartition}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("{} is locked against reads and writes", scene.Relation()));
        },
};

}  // namespace schemac::lint
