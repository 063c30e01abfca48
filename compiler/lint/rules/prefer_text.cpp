#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kPreferText;
const Rule kPreferText = {
    .id = "prefer-text",
    .severity = Severity::Note,
    .summary = "a limit in the type is hard to lower",
    .why =
        "varchar(n) is stored as text is; to lower n later rewrites the table. A check can be changed "
        "without.",
    .instead = "text, and a CHECK on its length",
    .unsafe = "CREATE TABLE n (a varchar(40));",
    .safe = "CREATE TABLE n (a text CHECK (length(a) <= 40));",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.AddsColumns()) return;
          for (const sql::ColumnTraits& column : scene.deed.columns) {
            if (column.type.name == "character varying" && !column.type.modifiers.empty())
              report.Add(column.place, "a limit in the type");
          }
        },
};

}  // namespace schemac::lint
