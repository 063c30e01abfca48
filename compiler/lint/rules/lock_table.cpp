#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kLockTable;
const Rule kLockTable = {
    .id = "lock-table",
    .severity = Severity::Note,
    .summary = "LOCK TABLE stops others until the transaction ends",
    .why = "What it guards is rarely worth what it stops.",
    .instead = "row locks (SELECT … FOR UPDATE), or a weaker mode",
    .unsafe = "BEGIN; LOCK TABLE t; COMMIT;",
    .safe = "BEGIN; LOCK TABLE t IN SHARE UPDATE EXCLUSIVE MODE; COMMIT;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::LockTable}) && facts::BlocksWrites(scene.deed.lock))
            report.Add(scene,
                       fmt::format("{} is locked ({})", scene.Relation(), facts::LockWords(scene.deed.lock)));
        },
};

}  // namespace schemac::lint
