#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kRenameSchema;
const Rule kRenameSchema = {
    .id = "rename-schema",
    .severity = Severity::Warning,
    .summary = "code that names the schema fails from that moment",
    .why = "Every qualified name and every search_path still has the old one.",
    .instead = "a new schema, and views in the old one",
    .unsafe = "ALTER SCHEMA app RENAME TO app2;",
    .safe = "CREATE SCHEMA app2;",
    .schema = "CREATE SCHEMA app;",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::RenameSchema}))
            report.Add(scene, fmt::format("running code that names {} fails",
                                          QuoteIdentifier(scene.deed.relation.name)));
        },
};

}  // namespace schemac::lint
