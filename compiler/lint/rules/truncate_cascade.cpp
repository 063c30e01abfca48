#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kTruncateCascade;
const Rule kTruncateCascade = {
    .id = "truncate-cascade",
    .severity = Severity::Error,
    .summary = "the rows of every table that references this one are lost",
    .why = "CASCADE empties tables that the statement does not name, and those that reference them.",
    .instead = "name the tables",
    .unsafe = "TRUNCATE t CASCADE;",
    .safe = "CREATE TABLE n (id bigint);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::TruncateCascade}))
            report.Add(scene, fmt::format("{} and all that references it are emptied", scene.Relation()));
        },
};

}  // namespace schemac::lint
