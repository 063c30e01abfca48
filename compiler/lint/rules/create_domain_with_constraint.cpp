#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kCreateDomainWithConstraint;
const Rule kCreateDomainWithConstraint = {
    .id = "create-domain-with-constraint",
    .severity = Severity::Note,
    .summary = "a constraint of a domain is hard to change later",
    .why = "A changed constraint is tested on every table that uses the domain, at once and under lock.",
    .instead = "a plain domain, and checks on the tables",
    .unsafe = "CREATE DOMAIN d AS integer CHECK (VALUE > 0);",
    .safe = "CREATE DOMAIN d AS integer;",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::CreateDomain}) && !scene.deed.constraints.empty())
            report.Add(scene, "the domain has a constraint");
        },
};

}  // namespace schemac::lint
