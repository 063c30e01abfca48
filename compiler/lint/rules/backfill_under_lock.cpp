#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kBackfillUnderLock;
const Rule kBackfillUnderLock = {
    .id = "backfill-under-lock",
    .severity = Severity::Warning,
    .summary = "rows are written while the transaction locks their table against everybody",
    .why =
        "A transaction keeps its locks to its end: what ALTER TABLE would have held for a moment lasts "
        "as long as the UPDATE.",
    .instead = "COMMIT before the rows are written",
    .unsafe = "BEGIN; ALTER TABLE t ADD COLUMN c integer; UPDATE t SET c = a WHERE c IS NULL; COMMIT;",
    .safe = "ALTER TABLE t ADD COLUMN c integer; UPDATE t SET c = a WHERE c IS NULL;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.facts().Has(facts::kChangesRows) || scene.Does({Operation::InsertRows}) ||
              !scene.state.in_transaction)
            return;
          const auto held = scene.state.held.find(scene.deed.relation);
          if (held == scene.state.held.end() || !facts::BlocksWrites(held->second)) return;
          report.Add(scene, fmt::format("{} stays locked ({}) while its rows are written", scene.Relation(),
                                        facts::LockWords(held->second)));
        },
};

}  // namespace schemac::lint
