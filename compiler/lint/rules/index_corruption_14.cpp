#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kIndexCorruption14;
const Rule kIndexCorruption14 = {
    .id = "index-corruption-14",
    .severity = Severity::Note,
    .summary = "concurrent index builds of PostgreSQL 14.0 to 14.3 can miss rows",
    .why =
        "A fault of these versions let CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY build indexes "
        "without some rows. Mended in 14.4.",
    .instead = "run 14.4 or later; check old indexes with amcheck",
    .unsafe = "CREATE INDEX CONCURRENTLY t_a ON t (a);",
    .safe = "CREATE INDEX t_a ON t (a);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .by_default = false,
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.state.postgres_version != 14) return;
          if (scene.Does({Operation::CreateIndexConcurrently, Operation::CreateUniqueIndexConcurrently,
                          Operation::ReindexConcurrently}))
            report.Add(scene, "PostgreSQL 14.0 to 14.3 may build an index that misses rows");
        },
};

}  // namespace schemac::lint
