#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kChangeType;
const Rule kChangeType = {
    .id = "change-type",
    .severity = Severity::Warning,
    .summary = "a change of type writes the whole table anew",
    .why =
        "The table and its indexes are rewritten under ACCESS EXCLUSIVE, and running code meets another "
        "type. Only a few changes spare it: varchar(n) to a longer one or to text, numeric(p, s) to a "
        "larger p, and the like.",
    .instead = "a new column, a trigger that keeps it, a batched update, then swap",
    .unsafe = "ALTER TABLE t ALTER COLUMN a TYPE bigint;",
    .safe = "ALTER TABLE t ALTER COLUMN v TYPE text;",
    .schema = "CREATE TABLE t (a integer, v varchar(10));",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::ChangeTypeRewriting}) || scene.IsNew()) return;
          const bool known = scene.state.catalog->FindTable(scene.deed.relation) != nullptr;
          report.Add(scene,
                     fmt::format("{} is rewritten{}", scene.Relation(),
                                 known ? "" : " unless the type before fits as it is; it is not known here"));
        },
};

}  // namespace schemac::lint
