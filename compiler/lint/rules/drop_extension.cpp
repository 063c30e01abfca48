#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDropExtension;
const Rule kDropExtension = {
    .id = "drop-extension",
    .severity = Severity::Error,
    .summary = "whatever was made with the extension is lost",
    .why = "Columns of its types and indexes of its operators go with it.",
    .instead = "drop what uses it by name first, and the extension without CASCADE",
    .unsafe = "DROP EXTENSION citext CASCADE;",
    .safe = "CREATE EXTENSION citext;",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.Does({Operation::DropExtension}))
            report.Add(scene, "what was made with the extension is lost");
        },
};

}  // namespace schemac::lint
