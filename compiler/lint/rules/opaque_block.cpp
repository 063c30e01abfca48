#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kOpaqueBlock;
const Rule kOpaqueBlock = {
    .id = "opaque-block",
    .severity = Severity::Note,
    .summary = "text that a DO block puts together and runs is not judged",
    .why =
        "The statements inside a block are judged as if they ran, whatever conditions stand around them. "
        "What "
        "EXECUTE runs is known when the block runs, unless it is a constant; blocks in other languages than "
        "PL/pgSQL are not read at all.",
    .instead = "plain statements where possible; read the block with care",
    .unsafe = "DO $$ BEGIN EXECUTE format('ALTER TABLE %I DROP COLUMN a', current_schema()); END $$;",
    .safe = "DO $$ BEGIN RAISE NOTICE 'x'; END $$;",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.statement.opaque) report.Add(scene, "not all that this block runs is judged");
        },
};

}  // namespace schemac::lint
