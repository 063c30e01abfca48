#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kAddAutoIncrement;
const Rule kAddAutoIncrement = {
    .id = "add-auto-increment",
    .severity = Severity::Warning,
    .summary = "a serial or identity column writes the whole table anew",
    .why = "Every row gets its number under ACCESS EXCLUSIVE.",
    .instead = "add a plain column and a sequence, SET DEFAULT nextval(…), then fill the rows in batches",
    .unsafe = "ALTER TABLE t ADD COLUMN c bigint GENERATED ALWAYS AS IDENTITY;",
    .safe = "CREATE TABLE n (c bigint GENERATED ALWAYS AS IDENTITY);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddColumnSerial, Operation::AddColumnIdentity}) || scene.IsNew())
            return;
          report.Add(scene, fmt::format("{} is rewritten to number its rows", scene.Relation()));
        },
};

}  // namespace schemac::lint
