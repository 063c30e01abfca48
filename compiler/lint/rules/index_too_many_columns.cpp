#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kIndexTooManyColumns;
const Rule kIndexTooManyColumns = {
    .id = "index-too-many-columns",
    .severity = Severity::Note,
    .summary = "an index on more than three columns rarely earns what it costs",
    .why =
        "Columns behind the third seldom narrow a search, but every write keeps them. Unique indexes "
        "are another matter.",
    .instead = "put the most selective columns first and leave out the rest, or INCLUDE them",
    .unsafe = "CREATE INDEX CONCURRENTLY i ON w (a, b, c, d);",
    .safe = "CREATE INDEX CONCURRENTLY i ON w (a, b, c);",
    .schema = "CREATE TABLE w (a int, b int, c int, d int);",
    .check =
        [](const Scene& scene, Report& report) {
          constexpr std::size_t kMost = 3;
          if (!scene.Does({Operation::CreateIndex, Operation::CreateIndexConcurrently}) ||
              scene.deed.names.size() <= kMost)
            return;
          if (scene.deed.method != "btree" && !scene.deed.method.empty()) return;
          report.Add(scene, fmt::format("an index on {} columns", scene.deed.names.size()));
        },
};

}  // namespace schemac::lint
