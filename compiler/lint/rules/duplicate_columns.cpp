#include <set>

#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDuplicateColumns;
const Rule kDuplicateColumns = {
    .id = "duplicate-columns",
    .severity = Severity::Error,
    .summary = "a column stands twice",
    .why = "PostgreSQL refuses the statement.",
    .instead = "name it once",
    .unsafe = "CREATE TABLE n (id bigint, id text);",
    .safe = "CREATE TABLE n (id bigint, name text);",
    .check =
        [](const Scene& scene, Report& report) {
          std::set<std::string> seen;
          for (const sql::ColumnTraits& column : scene.deed.columns) {
            if (!seen.insert(column.name).second)
              report.Add(column.place, fmt::format("column {} stands twice", QuoteIdentifier(column.name)));
          }
          if (!scene.Does({Operation::InsertRows, Operation::UpdateRows, Operation::UpdateEveryRow})) return;
          for (const std::string& name : scene.deed.names) {
            if (!seen.insert(name).second)
              report.Add(scene, fmt::format("column {} stands twice", QuoteIdentifier(name)));
          }
        },
};

}  // namespace schemac::lint
