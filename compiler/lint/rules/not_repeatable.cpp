#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kNotRepeatable;
const Rule kNotRepeatable = {
    .id = "not-repeatable",
    .severity = Severity::Note,
    .summary = "the script cannot be run again after a failure in the middle",
    .why =
        "Outside a transaction, what ran before the failure stays. A second run then fails on it, "
        "unless each statement says IF EXISTS or IF NOT EXISTS.",
    .instead = "IF [NOT] EXISTS, or a transaction around the script",
    .unsafe = "CREATE TABLE n (id bigint); CREATE SEQUENCE s;",
    .safe = "CREATE TABLE IF NOT EXISTS n (id bigint); CREATE SEQUENCE IF NOT EXISTS s;",
    .check =
        [](const Scene& scene, Report& report) {
          if (!report.entries().empty() || scene.state.in_transaction || scene.script.size() < 2 ||
              scene.deed.conditional)
            return;
          if (!scene.Does({Operation::CreateTable, Operation::CreateTableReferencing,
                           Operation::CreateSequence, Operation::CreateSchema, Operation::CreateExtension,
                           Operation::CreateIndex, Operation::CreateUniqueIndex,
                           Operation::CreateIndexConcurrently, Operation::CreateUniqueIndexConcurrently,
                           Operation::DropTable, Operation::DropTableReferencing, Operation::DropIndex,
                           Operation::DropIndexConcurrently, Operation::DropView, Operation::DropColumn,
                           Operation::AddColumn, Operation::AddColumnDefault,
                           Operation::AddColumnNotNullDefault, Operation::AddEnumLabel}))
            return;
          report.Add(scene, fmt::format(
                                "a second run fails here: {} without IF {}EXISTS, outside a transaction",
                                scene.facts().words, scene.facts().words.starts_with("drops") ? "" : "NOT "));
        },
};

}  // namespace schemac::lint
