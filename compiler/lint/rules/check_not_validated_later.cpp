#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kCheckNotValidatedLater;
const Rule kCheckNotValidatedLater = {
    .id = "check-not-validated-later",
    .severity = Severity::Warning,
    .summary = "a new check reads the whole table while nobody can use it",
    .why = "ADD CHECK holds ACCESS EXCLUSIVE while it tests every row. Rows that break it make it fail.",
    .instead = "ADD CONSTRAINT … CHECK (…) NOT VALID, then VALIDATE CONSTRAINT in a later transaction",
    .unsafe = "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);",
    .safe = "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddCheck, Operation::AddColumnCheck}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("{} is locked against reads and writes while every row is tested",
                                        scene.Relation()));
        },
};

}  // namespace schemac::lint
