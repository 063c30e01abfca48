#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDropDatabase;
const Rule kDropDatabase = {
    .id = "drop-database",
    .severity = Severity::Error,
    .summary = "a whole database is lost",
    .why = "A migration runs inside the database that it changes; none should drop one.",
    .instead = "nothing: not in a migration",
    .unsafe = "DROP DATABASE shop;",
    .safe = "CREATE SCHEMA shop;",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::DropDatabase})) report.Add(scene, "a database is lost");
        },
};

}  // namespace schemac::lint
