#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kRenameType;
const Rule kRenameType = {
    .id = "rename-type",
    .severity = Severity::Warning,
    .summary = "code that names the type fails from that moment",
    .why = "Casts, and drivers that look types up by name, still have the old one.",
    .instead = "keep the name, or a domain with the old one",
    .unsafe = "ALTER TYPE mood RENAME TO feeling;",
    .safe = "ALTER TYPE mood ADD VALUE 'calm' BEFORE 'sad';",
    .schema = "CREATE TYPE mood AS ENUM ('sad');",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::RenameType}) && !scene.IsNew())
            report.Add(scene, fmt::format("running code that names {} fails", scene.Relation()));
        },
};

}  // namespace schemac::lint
