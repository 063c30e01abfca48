#include <algorithm>

#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kViewOptionsLost;
const Rule kViewOptionsLost = {
    .id = "view-options-lost",
    .severity = Severity::Warning,
    .summary = "OR REPLACE takes away the options that the view had",
    .why =
        "Options that are not said again are gone: without security_invoker a view reads with the "
        "rights of its owner, past row security.",
    .instead = "say the options again: WITH (…)",
    .unsafe = "CREATE OR REPLACE VIEW v AS SELECT 2 AS a;",
    .safe = "CREATE OR REPLACE VIEW v WITH (security_invoker = true) AS SELECT 2 AS a;",
    .schema = "CREATE VIEW v WITH (security_invoker = true) AS SELECT 1 AS a;",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::ReplaceView})) return;
          const schema::View* view = scene.state.catalog->FindView(scene.deed.relation);
          if (view == nullptr) return;
          for (const auto& [key, value] : view->options) {
            const bool said = std::any_of(
                scene.deed.options.begin(), scene.deed.options.end(),
                [&, &key = key](const std::string& option) { return option.starts_with(key + "="); });
            if (!said) report.Add(scene, fmt::format("{} loses its option {}", scene.Relation(), key));
          }
        },
};

}  // namespace schemac::lint
