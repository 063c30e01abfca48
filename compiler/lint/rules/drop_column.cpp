#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDropColumn;
const Rule kDropColumn = {
    .id = "drop-column",
    .severity = Severity::Error,
    .summary = "the values of a column are lost, and code that names it fails",
    .why =
        "No statement brings them back. Code that was deployed before, and prepared statements, still "
        "name the column.",
    .instead =
        "deploy code that no longer names it first; keep a copy of the values; then drop it and say why",
    .unsafe = "ALTER TABLE t DROP COLUMN a;",
    .safe = "ALTER TABLE t ALTER COLUMN a DROP DEFAULT;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::DropColumn, Operation::DropAttribute}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("the values of {}.{} are lost", scene.Relation(),
                                        QuoteIdentifier(scene.deed.member)));
        },
};

}  // namespace schemac::lint
