#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kPreferBigintOverSmallint;
const Rule kPreferBigintOverSmallint = {
    .id = "prefer-bigint-over-smallint",
    .severity = Severity::Note,
    .summary = "smallint ends at 32767",
    .why = "To widen a column later rewrites the table.",
    .instead = "bigint",
    .unsafe = "CREATE TABLE n (a smallint);",
    .safe = "CREATE TABLE n (a bigint);",
    .by_default = false,
    .check =
        [](const Scene& scene, Report& report) {
          ReportColumnsOf("smallint", "values may run out of smallint", scene, report);
        },
};

}  // namespace schemac::lint
