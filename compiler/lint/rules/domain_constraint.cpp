#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDomainConstraint;
const Rule kDomainConstraint = {
    .id = "domain-constraint",
    .severity = Severity::Warning,
    .summary = "a constraint of a domain tests every table that uses it",
    .why =
        "ADD CONSTRAINT and SET NOT NULL take SHARE on every table with a column of the domain and read "
        "all its rows.",
    .instead = "ADD CONSTRAINT … NOT VALID for what is to come; checks on the tables for what is there",
    .unsafe = "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0);",
    .safe = "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;",
    .schema = "CREATE DOMAIN d AS integer; CREATE TABLE dt (a d);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddDomainConstraint, Operation::SetDomainNotNull}) || scene.IsNew())
            return;
          report.Add(scene, fmt::format("every table with a column of {} is read while it takes no writes",
                                        scene.Relation()));
        },
};

}  // namespace schemac::lint
