#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kPrimaryKeyNullable;
const Rule kPrimaryKeyNullable = {
    .id = "primary-key-nullable",
    .severity = Severity::Warning,
    .summary = "a primary key on columns that may be NULL tests every row",
    .why =
        "The columns become NOT NULL with it: a scan under ACCESS EXCLUSIVE, which rows with NULL make "
        "fail.",
    .instead = "make the columns NOT NULL first, by way of a validated check",
    .unsafe = "ALTER TABLE k ADD PRIMARY KEY (id);",
    .safe = "ALTER TABLE k ALTER COLUMN id SET NOT NULL; ALTER TABLE k ADD PRIMARY KEY (id);",
    .schema = "CREATE TABLE k (id bigint);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddPrimaryKeyNullable}) || scene.IsNew()) return;
          report.Add(scene,
                     "columns of the key may be NULL: every row is tested, and one that is makes it fail");
        },
};

}  // namespace schemac::lint
