#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kRenameTable;
const Rule kRenameTable = {
    .id = "rename-table",
    .severity = Severity::Warning,
    .summary = "code that uses the old name fails from that moment",
    .why = "Old and new code run side by side while a release is rolled out.",
    .instead = "a view with the old name in the same transaction",
    .unsafe = "ALTER TABLE t RENAME TO n;",
    .safe = "ALTER TABLE t RENAME TO n; CREATE VIEW t AS SELECT * FROM n;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::RenameTable, Operation::SetTableSchema, Operation::RenameView}) ||
              scene.IsNew())
            return;
          for (const sql::StatementDeeds& statement : scene.script) {
            for (const sql::Deed& deed : statement.deeds) {
              const bool view =
                  deed.operation == Operation::CreateView || deed.operation == Operation::ReplaceView;
              if (view && deed.relation.name == scene.deed.relation.name) return;
            }
          }
          report.Add(scene, fmt::format("running code that names {} fails", scene.Relation()));
        },
};

}  // namespace schemac::lint
