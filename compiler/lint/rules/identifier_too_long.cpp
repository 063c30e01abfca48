#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kIdentifierTooLong;
const Rule kIdentifierTooLong = {
    .id = "identifier-too-long",
    .severity = Severity::Warning,
    .summary = "PostgreSQL cuts identifiers after 63 bytes",
    .why = "It does so with no more than a notice. Two names that differ behind that become one.",
    .instead = "a shorter name",
    .unsafe =
        "CREATE TABLE a_name_that_goes_on_and_on_and_on_until_nobody_remembers_how_it_began (id bigint);",
    .safe = "CREATE TABLE n (id bigint);",
    .check =
        [](const Scene& scene, Report& report) {
          if (&scene.deed != &scene.statement.deeds.front()) return;
          for (const sql::Place& place : scene.statement.long_names)
            report.Add(place, "longer than 63 bytes: PostgreSQL cuts it");
        },
};

}  // namespace schemac::lint
