#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kPreferTimestamptz;
const Rule kPreferTimestamptz = {
    .id = "prefer-timestamptz",
    .severity = Severity::Note,
    .summary = "a timestamp without time zone is not a moment",
    .why = "What it means depends on who reads it.",
    .instead = "timestamptz",
    .unsafe = "CREATE TABLE n (a timestamp);",
    .safe = "CREATE TABLE n (a timestamptz);",
    .check =
        [](const Scene& scene, Report& report) {
          ReportColumnsOf("timestamp without time zone", "a time without its zone", scene, report);
        },
};

}  // namespace schemac::lint
