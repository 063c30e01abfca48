#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDropSchema;
const Rule kDropSchema = {
    .id = "drop-schema",
    .severity = Severity::Error,
    .summary = "whatever the schema holds is lost",
    .why = "With CASCADE, tables and rows go too that the script does not name.",
    .instead = "drop what is meant by name, then the schema without CASCADE",
    .unsafe = "DROP SCHEMA app CASCADE;",
    .safe = "CREATE SCHEMA app2;",
    .schema = "CREATE SCHEMA app;",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::DropSchema}))
            report.Add(scene,
                       fmt::format("all that {} holds is lost", QuoteIdentifier(scene.deed.relation.name)));
        },
};

}  // namespace schemac::lint
