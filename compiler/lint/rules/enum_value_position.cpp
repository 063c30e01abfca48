#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kEnumValuePosition;
const Rule kEnumValuePosition = {
    .id = "enum-value-position",
    .severity = Severity::Note,
    .summary = "a new label goes to the end unless a place is named",
    .why = "Comparisons and ORDER BY follow the order of the labels, which cannot be changed later.",
    .instead = "ADD VALUE … BEFORE or AFTER",
    .unsafe = "ALTER TYPE mood ADD VALUE 'calm';",
    .safe = "ALTER TYPE mood ADD VALUE 'calm' BEFORE 'sad';",
    .schema = "CREATE TYPE mood AS ENUM ('sad');",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::AddEnumLabel}) && !scene.deed.placed)
            report.Add(scene, fmt::format("{} becomes the last label", QuoteLiteral(scene.deed.member)));
        },
};

}  // namespace schemac::lint
