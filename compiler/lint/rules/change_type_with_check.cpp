#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kChangeTypeWithCheck;
const Rule kChangeTypeWithCheck = {
    .id = "change-type-with-check",
    .severity = Severity::Warning,
    .summary = "checks on the column are tested again for every row",
    .why =
        "The new type may be free of a rewrite, but constraints that name the column are made anew: a "
        "scan under ACCESS EXCLUSIVE.",
    .instead = "drop the check, change the type, add the check again NOT VALID and validate it later",
    .unsafe = "ALTER TABLE t ALTER COLUMN v TYPE text;",
    .safe = "ALTER TABLE t ALTER COLUMN w TYPE text;",
    .schema = "CREATE TABLE t (v varchar(10) CONSTRAINT c CHECK (v <> ''), w varchar(10));",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::ChangeTypeInPlace}) || scene.IsNew()) return;
          for (const schema::Object* part :
               scene.state.catalog->PartsOf(scene.deed.relation, schema::ObjectKind::Constraint)) {
            const auto& constraint = std::get<schema::Constraint>(*part);
            if (!constraint.check) continue;
            for (const schema::Reference& reference : constraint.check->references) {
              if (reference.target.member != scene.deed.member) continue;
              report.Add(scene, fmt::format("constraint {} is tested for every row",
                                            QuoteIdentifier(constraint.name)));
              break;
            }
          }
        },
};

}  // namespace schemac::lint
