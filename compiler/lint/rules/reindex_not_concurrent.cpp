#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kReindexNotConcurrent;
const Rule kReindexNotConcurrent = {
    .id = "reindex-not-concurrent",
    .severity = Severity::Warning,
    .summary = "REINDEX stops writes, and reads that would use the index",
    .why = "REINDEX holds SHARE on the table and ACCESS EXCLUSIVE on the index while it rebuilds.",
    .instead = "REINDEX … CONCURRENTLY (PostgreSQL 12)",
    .unsafe = "REINDEX TABLE t;",
    .safe = "REINDEX TABLE CONCURRENTLY t;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::Reindex}) && !scene.IsNew())
            report.Add(scene, "writes wait while the indexes are rebuilt");
        },
};

}  // namespace schemac::lint
