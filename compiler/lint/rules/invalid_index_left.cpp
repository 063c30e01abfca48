#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kInvalidIndexLeft;
const Rule kInvalidIndexLeft = {
    .id = "invalid-index-left",
    .severity = Severity::Warning,
    .summary = "IF NOT EXISTS takes the rest of a failed CREATE INDEX CONCURRENTLY for an index",
    .why =
        "A concurrent build that fails leaves an index that is marked invalid: no query uses it, and "
        "every write pays for it. With IF NOT EXISTS the next run sees the name and does nothing.",
    .instead = "DROP INDEX CONCURRENTLY IF EXISTS of the same name before it",
    .unsafe = "CREATE INDEX CONCURRENTLY IF NOT EXISTS t_a ON t (a);",
    .safe = "DROP INDEX CONCURRENTLY IF EXISTS t_a; CREATE INDEX CONCURRENTLY IF NOT EXISTS t_a ON t (a);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::CreateIndexConcurrently, Operation::CreateUniqueIndexConcurrently}))
            return;
          if (!scene.deed.conditional || scene.state.dropped_indexes.contains(scene.deed.member)) return;
          report.Add(scene, fmt::format("an invalid {} of a failed run would pass for the index",
                                        QuoteIdentifier(scene.deed.member)));
        },
};

}  // namespace schemac::lint
