#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kImplicitName;
const Rule kImplicitName = {
    .id = "implicit-name",
    .severity = Severity::Note,
    .summary = "PostgreSQL chooses the name of a constraint",
    .why =
        "Names that PostgreSQL makes up depend on what is there already; a later script that drops or "
        "renames the constraint has to guess it.",
    .instead = "CONSTRAINT name …",
    .unsafe = "ALTER TABLE t ADD UNIQUE (a);",
    .safe = "ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .by_default = false,
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.deed.named) report.Add(scene, "PostgreSQL chooses the name");
        },
};

}  // namespace schemac::lint
