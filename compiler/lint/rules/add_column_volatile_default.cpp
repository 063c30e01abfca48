#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kAddColumnVolatileDefault;
const Rule kAddColumnVolatileDefault = {
    .id = "add-column-volatile-default",
    .severity = Severity::Warning,
    .summary = "a volatile default writes the whole table anew",
    .why =
        "A constant default is kept in the catalog (PostgreSQL 11). One that may differ from row to row "
        "has to be written into each, under ACCESS EXCLUSIVE. Functions that PostgreSQL does not bring "
        "along count as volatile unless they are declared otherwise.",
    .instead = "add the column without the default, SET DEFAULT, then fill the rows in batches",
    .unsafe = "ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid();",
    .safe = "ALTER TABLE t ADD COLUMN c uuid; ALTER TABLE t ALTER COLUMN c SET DEFAULT gen_random_uuid();",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddColumnVolatileDefault}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("{} is rewritten: the default may differ from row to row",
                                        scene.Relation()));
        },
};

}  // namespace schemac::lint
