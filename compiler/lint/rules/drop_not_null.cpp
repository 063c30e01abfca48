#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDropNotNull;
const Rule kDropNotNull = {
    .id = "drop-not-null",
    .severity = Severity::Warning,
    .summary = "code that reads the column may not expect NULL",
    .why = "Readers were promised a value until now.",
    .instead = "be sure that every reader can take NULL, and say so",
    .unsafe = "ALTER TABLE t ALTER COLUMN b DROP NOT NULL;",
    .safe = "ALTER TABLE t ALTER COLUMN b SET DEFAULT '';",
    .schema = "CREATE TABLE t (b text NOT NULL);",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::DropNotNull}) && !scene.IsNew())
            report.Add(scene, "running code may not expect NULL here");
        },
};

}  // namespace schemac::lint
