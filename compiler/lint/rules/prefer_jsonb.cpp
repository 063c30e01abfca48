#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kPreferJsonb;
const Rule kPreferJsonb = {
    .id = "prefer-jsonb",
    .severity = Severity::Note,
    .summary = "json has no equality",
    .why = "DISTINCT, GROUP BY and UNION over rows with such a column fail.",
    .instead = "jsonb",
    .unsafe = "ALTER TABLE t ADD COLUMN c json;",
    .safe = "ALTER TABLE t ADD COLUMN c jsonb;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check = [](const Scene& scene,
                Report& report) { ReportColumnsOf("json", "json cannot be compared", scene, report); },
};

}  // namespace schemac::lint
