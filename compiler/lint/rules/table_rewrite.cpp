#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kTableRewrite;
const Rule kTableRewrite = {
    .id = "table-rewrite",
    .severity = Severity::Warning,
    .summary = "the whole table is written anew while nobody can use it",
    .why = "ACCESS EXCLUSIVE is held until every row is copied and every index rebuilt.",
    .instead = "a quiet hour, or a tool that copies beside the table (pg_repack)",
    .unsafe = "ALTER TABLE t SET UNLOGGED;",
    .safe = "ALTER TABLE t SET (fillfactor = 90);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::SetLogged, Operation::SetUnlogged, Operation::SetAccessMethod,
                           Operation::SetTablespace, Operation::ChangeAttributeType, Operation::VacuumFull,
                           Operation::Cluster}))
            return;
          if (!scene.IsNew()) report.Add(scene, fmt::format("{} is rewritten", scene.Relation()));
        },
};

}  // namespace schemac::lint
