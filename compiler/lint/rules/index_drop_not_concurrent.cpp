#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kIndexDropNotConcurrent;
const Rule kIndexDropNotConcurrent = {
    .id = "index-drop-not-concurrent",
    .severity = Severity::Warning,
    .summary = "DROP INDEX stops reads and writes of the table until it gets its lock and is done",
    .why =
        "DROP INDEX takes ACCESS EXCLUSIVE on the table. It is quick, but waits for every query that "
        "runs, and all later ones wait behind it.",
    .instead = "DROP INDEX CONCURRENTLY, outside any transaction",
    .unsafe = "DROP INDEX t_a;",
    .safe = "DROP INDEX CONCURRENTLY t_a;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text); CREATE INDEX t_a ON t (a);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::DropIndex}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("dropping index {} locks its table against reads and writes",
                                        QuoteIdentifier(scene.deed.member)));
        },
};

}  // namespace schemac::lint
