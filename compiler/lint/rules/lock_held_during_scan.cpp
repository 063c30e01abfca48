#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kLockHeldDuringScan;
const Rule kLockHeldDuringScan = {
    .id = "lock-held-during-scan",
    .severity = Severity::Warning,
    .summary = "one table is scanned or rewritten while the transaction locks another against everybody",
    .why =
        "A transaction keeps its locks to its end. A brief ALTER TABLE becomes a long one when "
        "something slow follows it.",
    .instead = "COMMIT before the slow statement",
    .unsafe = "BEGIN; ALTER TABLE u ADD COLUMN c integer; CREATE INDEX t_a ON t (a); COMMIT;",
    .safe = "BEGIN; ALTER TABLE u ADD COLUMN c integer; COMMIT; CREATE INDEX CONCURRENTLY t_a ON t (a);",
    .schema =
        "CREATE TABLE u (id bigint PRIMARY KEY); CREATE TABLE t (id bigint PRIMARY KEY, a integer, b "
        "text);",
    .check =
        [](const Scene& scene, Report& report) {
          const bool slow = scene.facts().Has(facts::kScans) || scene.facts().Has(facts::kRewrites);
          if (!slow || !scene.state.in_transaction || scene.IsNew() || scene.Does({Operation::SelectRows}))
            return;
          for (const auto& [relation, mode] : scene.state.held) {
            if (relation == scene.deed.relation || !facts::BlocksReads(mode)) continue;
            report.Add(scene,
                       fmt::format("{} stays locked ({}) meanwhile",
                                   QuoteQualified(relation.schema, relation.name), facts::LockWords(mode)));
          }
        },
};

}  // namespace schemac::lint
