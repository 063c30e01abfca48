#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kPreferIdentity;
const Rule kPreferIdentity = {
    .id = "prefer-identity",
    .severity = Severity::Note,
    .summary = "serial leaves a sequence with rights and an owner of its own",
    .why =
        "An identity column is standard SQL, keeps its sequence to itself and can refuse values from "
        "outside.",
    .instead = "bigint GENERATED ALWAYS AS IDENTITY",
    .unsafe = "CREATE TABLE n (id bigserial);",
    .safe = "CREATE TABLE n (id bigint GENERATED ALWAYS AS IDENTITY);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.AddsColumns()) return;
          for (const sql::ColumnTraits& column : scene.deed.columns) {
            if (column.serial) report.Add(column.place, "a serial column");
          }
        },
};

}  // namespace schemac::lint
