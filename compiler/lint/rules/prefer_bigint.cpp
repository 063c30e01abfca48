#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kPreferBigint;
const Rule kPreferBigint = {
    .id = "prefer-bigint",
    .severity = Severity::Note,
    .summary = "integer ends at 2147483647",
    .why = "To widen a column later rewrites the table.",
    .instead = "bigint",
    .unsafe = "CREATE TABLE n (a integer);",
    .safe = "CREATE TABLE n (a bigint);",
    .by_default = false,
    .check =
        [](const Scene& scene, Report& report) {
          ReportColumnsOf("integer", "values may run out of integer", scene, report);
        },
};

}  // namespace schemac::lint
