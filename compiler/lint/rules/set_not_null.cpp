#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kSetNotNull;
const Rule kSetNotNull = {
    .id = "set-not-null",
    .severity = Severity::Warning,
    .summary = "SET NOT NULL reads the whole table while nobody can use it",
    .why =
        "It holds ACCESS EXCLUSIVE while it tests every row, and fails on a NULL. Where a valid CHECK "
        "(c IS NOT NULL) stands, PostgreSQL 12 and later skip the scan.",
    .instead =
        "ADD CONSTRAINT … CHECK (c IS NOT NULL) NOT VALID; VALIDATE CONSTRAINT in a later transaction; "
        "SET NOT NULL; DROP CONSTRAINT, as statements of their own",
    .unsafe = "ALTER TABLE t ALTER COLUMN a SET NOT NULL;",
    .safe =
        "ALTER TABLE t ADD CONSTRAINT a_there CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE "
        "CONSTRAINT a_there; ALTER TABLE t ALTER COLUMN a SET NOT NULL; ALTER TABLE t DROP CONSTRAINT "
        "a_there;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::SetNotNull}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("{} is locked against reads and writes while every row is tested",
                                        scene.Relation()));
        },
};

}  // namespace schemac::lint
