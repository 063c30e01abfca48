#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kRenameEnumValue;
const Rule kRenameEnumValue = {
    .id = "rename-enum-value",
    .severity = Severity::Warning,
    .summary = "code that writes or compares the old label fails from that moment",
    .why = "The label is part of every query that spells it.",
    .instead = "add the new label, write both for a while, then update the rows",
    .unsafe = "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';",
    .safe = "ALTER TYPE mood ADD VALUE 'blue' AFTER 'sad';",
    .schema = "CREATE TYPE mood AS ENUM ('sad');",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::RenameEnumLabel}) && !scene.IsNew())
            report.Add(scene,
                       fmt::format("running code that spells {} fails", QuoteLiteral(scene.deed.member)));
        },
};

}  // namespace schemac::lint
