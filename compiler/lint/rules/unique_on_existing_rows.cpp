#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kUniqueOnExistingRows;
const Rule kUniqueOnExistingRows = {
    .id = "unique-on-existing-rows",
    .severity = Severity::Note,
    .summary = "duplicates among the rows make it fail",
    .why =
        "A unique index over rows that exist fails at the end of its build; a concurrent one leaves an "
        "invalid index behind.",
    .instead = "look for duplicates first: SELECT columns, count(*) … GROUP BY columns HAVING count(*) > 1",
    .unsafe = "CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);",
    .safe = "CREATE INDEX CONCURRENTLY t_a ON t (a);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::CreateUniqueIndex, Operation::CreateUniqueIndexConcurrently,
                           Operation::AddUnique}) ||
              scene.IsNew())
            return;
          report.Add(scene, fmt::format("fails if rows of {} are equal in these columns", scene.Relation()));
        },
};

}  // namespace schemac::lint
