#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kForeignKeyNotValidatedLater;
const Rule kForeignKeyNotValidatedLater = {
    .id = "foreign-key-not-validated-later",
    .severity = Severity::Warning,
    .summary = "a new foreign key reads the whole table while both tables take no writes",
    .why =
        "ADD FOREIGN KEY holds SHARE ROW EXCLUSIVE on both tables while it looks up every row. Rows "
        "without a match make it fail.",
    .instead = "ADD CONSTRAINT … NOT VALID, then VALIDATE CONSTRAINT in a later transaction",
    .unsafe = "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES u (id);",
    .safe =
        "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES u (id) NOT VALID; ALTER TABLE t "
        "VALIDATE CONSTRAINT f;",
    .schema =
        "CREATE TABLE u (id bigint PRIMARY KEY); CREATE TABLE t (id bigint PRIMARY KEY, a integer, b "
        "text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddForeignKey}) || scene.IsNew()) return;
          report.Add(scene,
                     fmt::format("{} and the table it references take no writes while every row is looked up",
                                 scene.Relation()));
        },
};

}  // namespace schemac::lint
