#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kAddConstrainedDomain;
const Rule kAddConstrainedDomain = {
    .id = "add-constrained-domain",
    .severity = Severity::Warning,
    .summary = "a column of a domain with constraints writes the whole table anew",
    .why = "PostgreSQL has to ask the domain whether it takes NULL, row by row, under ACCESS EXCLUSIVE.",
    .instead = "a column of the plain type, and a check on the table",
    .unsafe = "ALTER TABLE t ADD COLUMN c positive;",
    .safe = "ALTER TABLE t ADD COLUMN c integer;",
    .schema =
        "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text); CREATE DOMAIN positive AS integer "
        "CHECK (VALUE > 0);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddColumnConstrainedDomain}) || scene.IsNew()) return;
          report.Add(scene, fmt::format("{} is rewritten: the domain has constraints", scene.Relation()));
        },
};

}  // namespace schemac::lint
