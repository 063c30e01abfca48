#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kMissingLockTimeout;
const Rule kMissingLockTimeout = {
    .id = "missing-lock-timeout",
    .severity = Severity::Warning,
    .summary = "a statement may wait for its lock for ever, and everybody behind it",
    .why =
        "A strong lock waits for the queries that run, and every later query waits behind it: a long "
        "SELECT is enough to stop the application.",
    .instead =
        "SET LOCAL lock_timeout = '5s' in the transaction (or SET lock_timeout before), and run it "
        "again when it fails",
    .unsafe = "ALTER TABLE t ADD COLUMN c integer;",
    .safe = "SET lock_timeout = '5s'; ALTER TABLE t ADD COLUMN c integer;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!report.entries().empty() || scene.state.timeouts.lock || scene.IsNew() ||
              scene.deed.relation.name.empty())
            return;
          if (!facts::BlocksWrites(scene.deed.lock)) return;
          report.Add(scene, fmt::format("{} on {} is waited for without a limit",
                                        facts::LockWords(scene.deed.lock), scene.Relation()));
        },
};

}  // namespace schemac::lint
