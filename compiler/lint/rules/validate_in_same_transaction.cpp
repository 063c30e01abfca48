#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kValidateInSameTransaction;
const Rule kValidateInSameTransaction = {
    .id = "validate-in-same-transaction",
    .severity = Severity::Warning,
    .summary = "VALIDATE CONSTRAINT runs while the transaction still holds the lock of its ADD CONSTRAINT",
    .why =
        "Validation asks for a weak lock only, but a transaction keeps the strong one that it took "
        "before, to its end. The scan then blocks as much as ADD CONSTRAINT without NOT VALID would.",
    .instead = "COMMIT between the two, or validate in a later script",
    .unsafe =
        "BEGIN; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE "
        "CONSTRAINT c; COMMIT;",
    .safe =
        "BEGIN; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; COMMIT; BEGIN; ALTER TABLE t "
        "VALIDATE CONSTRAINT c; COMMIT;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::ValidateCheck, Operation::ValidateForeignKey}) ||
              !scene.state.in_transaction)
            return;
          const auto held = scene.state.held.find(scene.deed.relation);
          if (held == scene.state.held.end() || !facts::BlocksWrites(held->second)) return;
          report.Add(scene, fmt::format("{} is scanned while the transaction holds {} on it",
                                        scene.Relation(), facts::LockWords(held->second)));
        },
};

}  // namespace schemac::lint
