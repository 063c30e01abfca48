#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kAddRequiredColumn;
const Rule kAddRequiredColumn = {
    .id = "add-required-column",
    .severity = Severity::Error,
    .summary = "a NOT NULL column without a default cannot be added to a table with rows",
    .why =
        "Rows that exist would hold NULL: the statement fails on any row, and code that inserts without "
        "the column fails afterwards.",
    .instead = "give it a constant default, or add it without NOT NULL and fill it first",
    .unsafe = "ALTER TABLE t ADD COLUMN c integer NOT NULL;",
    .safe = "ALTER TABLE t ADD COLUMN c integer NOT NULL DEFAULT 0;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::AddColumnNotNull}) || scene.IsNew()) return;
          report.Add(
              scene,
              fmt::format("fails as soon as {} has a row, and breaks INSERTs that do not name the column",
                          scene.Relation()));
        },
};

}  // namespace schemac::lint
