#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kExclusionConstraint;
const Rule kExclusionConstraint = {
    .id = "exclusion-constraint",
    .severity = Severity::Warning,
    .summary = "a new exclusion constraint builds its index while nobody can use the table",
    .why =
        "There is no NOT VALID form and no way to take over an index: ACCESS EXCLUSIVE lasts to the end "
        "of the build.",
    .instead = "a quiet hour, or a new table that has it from the start",
    .unsafe = "ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (b WITH =);",
    .safe = "CREATE TABLE n (b text, EXCLUDE USING gist (b WITH =));",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddExclusion}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("{} is locked against reads and writes while an index is built",
                                        scene.Relation()));
        },
};

}  // namespace schemac::lint
