#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kRenameColumn;
const Rule kRenameColumn = {
    .id = "rename-column",
    .severity = Severity::Warning,
    .summary = "code that uses the old name fails from that moment",
    .why = "Old and new code run side by side while a release is rolled out.",
    .instead = "add a column and keep both in step until the old code is gone, or a view with both names",
    .unsafe = "ALTER TABLE t RENAME COLUMN a TO c;",
    .safe = "ALTER TABLE t ADD COLUMN c integer;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::RenameColumn, Operation::RenameAttribute}) || scene.IsNew()) return;
          report.Add(scene,
                     fmt::format("running code that names {} fails", QuoteIdentifier(scene.deed.member)));
        },
};

}  // namespace schemac::lint
