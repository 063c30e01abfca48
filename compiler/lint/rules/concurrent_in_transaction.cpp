#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kConcurrentInTransaction;
const Rule kConcurrentInTransaction = {
    .id = "concurrent-in-transaction",
    .severity = Severity::Error,
    .summary = "a statement that PostgreSQL refuses inside a transaction stands in one",
    .why =
        "CREATE INDEX CONCURRENTLY, VACUUM and a few others manage transactions of their own; inside "
        "one they fail with SQLSTATE 25001.",
    .instead =
        "end the transaction before, or give the statement a script that its runner does not wrap in one",
    .unsafe = "BEGIN; CREATE INDEX CONCURRENTLY t_a ON t (a); COMMIT;",
    .safe = "CREATE INDEX CONCURRENTLY t_a ON t (a);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.facts().Has(facts::kOutside) || !scene.state.in_transaction) return;
          report.Add(scene,
                     fmt::format("a statement that {} fails inside a transaction", scene.facts().words));
        },
};

}  // namespace schemac::lint
