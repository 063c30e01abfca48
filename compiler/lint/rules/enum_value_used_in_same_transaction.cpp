#include <algorithm>

#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kEnumValueUsedInSameTransaction;
const Rule kEnumValueUsedInSameTransaction = {
    .id = "enum-value-used-in-same-transaction",
    .severity = Severity::Error,
    .summary = "a new label is used before it is committed",
    .why = "PostgreSQL refuses a label in the transaction that adds it (SQLSTATE 55P04).",
    .instead = "COMMIT between the two",
    .unsafe =
        "BEGIN; ALTER TYPE mood ADD VALUE 'calm' AFTER 'sad'; UPDATE m SET mood = 'calm' WHERE id = 1; "
        "COMMIT;",
    .safe =
        "BEGIN; ALTER TYPE mood ADD VALUE 'calm' AFTER 'sad'; COMMIT; UPDATE m SET mood = 'calm' WHERE "
        "id = 1;",
    .schema = "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE m (id bigint PRIMARY KEY, mood mood);",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::AddEnumLabel, Operation::RenameEnumLabel, Operation::Comment})) return;
          if (!scene.state.in_transaction || &scene.deed != &scene.statement.deeds.front()) return;
          for (const auto& [type, label] : scene.state.labels) {
            if (scene.state.created.contains(type)) continue;
            const auto& strings = scene.statement.strings;
            if (std::find(strings.begin(), strings.end(), label) == strings.end()) continue;
            report.Add(scene,
                       fmt::format("label {} of {} cannot be used before the transaction that adds it ends",
                                   QuoteLiteral(label), QuoteQualified(type.schema, type.name)));
          }
        },
};

}  // namespace schemac::lint
