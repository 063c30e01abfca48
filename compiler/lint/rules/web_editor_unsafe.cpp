#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kWebEditorUnsafe;
const Rule kWebEditorUnsafe = {
    .id = "web-editor-unsafe",
    .severity = Severity::Note,
    .summary = "the statement fails when the script is pasted into a web SQL editor",
    .why = "Web editors send a script as one request, which PostgreSQL runs as one transaction.",
    .instead = "paste the statement by itself; schemac script writes such parts",
    .unsafe = "SELECT 1; CREATE INDEX CONCURRENTLY t_a ON t (a);",
    .safe = "CREATE INDEX CONCURRENTLY t_a ON t (a);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .by_default = false,
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.facts().Has(facts::kOutside) && scene.script.size() > 1)
            report.Add(scene, "fails in a request with other statements");
        },
};

}  // namespace schemac::lint
