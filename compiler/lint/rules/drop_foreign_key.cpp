#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDropForeignKey;
const Rule kDropForeignKey = {
    .id = "drop-foreign-key",
    .severity = Severity::Warning,
    .summary = "rows may point nowhere once a foreign key is gone",
    .why =
        "What deletes and inserts checked before is unchecked from now on; the key cannot come back "
        "before the rows are mended. Both tables are locked for a moment.",
    .instead = "be sure that the application keeps the rule, and say so",
    .unsafe = "ALTER TABLE t DROP CONSTRAINT f;",
    .safe = "ALTER TABLE t DROP CONSTRAINT c;",
    .schema =
        "CREATE TABLE u (id bigint PRIMARY KEY); CREATE TABLE t (id bigint CONSTRAINT f REFERENCES u, "
        "CONSTRAINT c CHECK (id > 0));",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::DropForeignKey}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("nothing checks any more that rows of {} point to rows that exist",
                                        scene.Relation()));
        },
};

}  // namespace schemac::lint
