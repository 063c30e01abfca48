#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kIndexNotConcurrent;
const Rule kIndexNotConcurrent = {
    .id = "index-not-concurrent",
    .severity = Severity::Warning,
    .summary = "CREATE INDEX stops writes to the table until the index is built",
    .why =
        "A plain CREATE INDEX holds SHARE on the table for as long as it takes to read and sort all "
        "rows. INSERT, UPDATE and DELETE wait, and everything that waits behind them.",
    .instead = "CREATE INDEX CONCURRENTLY, in a script of its own outside any transaction",
    .unsafe = "CREATE INDEX t_a ON t (a);",
    .safe = "CREATE INDEX CONCURRENTLY t_a ON t (a);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::CreateIndex, Operation::CreateUniqueIndex}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("{} takes no writes while the index is built", scene.Relation()));
        },
};

}  // namespace schemac::lint
