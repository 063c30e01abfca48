#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kMissingStatementTimeout;
const Rule kMissingStatementTimeout = {
    .id = "missing-statement-timeout",
    .severity = Severity::Note,
    .summary = "a statement may run for ever",
    .why = "Without statement_timeout nothing stops a statement that takes longer than was thought.",
    .instead = "SET statement_timeout",
    .unsafe = "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);",
    .safe = "SET statement_timeout = '1min'; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .by_default = false,
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.state.timeouts.statement || scene.IsNew() || !scene.facts().Has(facts::kScans) ||
              !facts::BlocksWrites(scene.deed.lock))
            return;
          report.Add(scene, "no statement_timeout limits this");
        },
};

}  // namespace schemac::lint
