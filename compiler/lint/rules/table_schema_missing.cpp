#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

extern const Rule kTableSchemaMissing;
const Rule kTableSchemaMissing = {
    .id = "table-schema-missing",
    .severity = Severity::Note,
    .summary = "which table is meant depends on search_path",
    .why = "A role or a database may set another search_path than yours.",
    .instead = "write schema.table",
    .unsafe = "CREATE TABLE n (id bigint);",
    .safe = "CREATE TABLE public.n (id bigint);",
    .by_default = false,
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.deed.unqualified && !scene.deed.temporary)
            report.Add(scene, fmt::format("{} has no schema", QuoteIdentifier(scene.deed.relation.name)));
        },
};

}  // namespace schemac::lint
