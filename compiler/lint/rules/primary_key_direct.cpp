#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kPrimaryKeyDirect;
const Rule kPrimaryKeyDirect = {
    .id = "primary-key-direct",
    .severity = Severity::Warning,
    .summary = "a new primary key builds its index while nobody can use the table",
    .why = "ADD PRIMARY KEY holds ACCESS EXCLUSIVE until the index is built.",
    .instead = "CREATE UNIQUE INDEX CONCURRENTLY, then ADD PRIMARY KEY USING INDEX",
    .unsafe = "ALTER TABLE k ADD PRIMARY KEY (id);",
    .safe =
        "CREATE UNIQUE INDEX CONCURRENTLY k_pkey ON k (id); ALTER TABLE k ADD PRIMARY KEY USING INDEX "
        "k_pkey;",
    .schema = "CREATE TABLE k (id bigint NOT NULL);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddPrimaryKey, Operation::AddPrimaryKeyNullable}) || scene.IsNew())
            return;
          report.Add(scene, fmt::format("{} is locked against reads and writes while an index is built",
                                        scene.Relation()));
        },
};

}  // namespace schemac::lint
