#include <algorithm>

#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDependentView;
const Rule kDependentView = {
    .id = "dependent-view",
    .severity = Severity::Error,
    .summary = "a view uses the column: PostgreSQL refuses",
    .why = "A column that a view uses cannot change its type or be dropped (SQLSTATE 0A000, 2BP01).",
    .instead = "drop the view before and make it again after, in the same transaction",
    .unsafe = "ALTER TABLE t ALTER COLUMN a TYPE bigint;",
    .safe = "DROP VIEW v; ALTER TABLE t ALTER COLUMN a TYPE bigint; CREATE VIEW v AS SELECT a FROM t;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text); CREATE VIEW v AS SELECT a FROM t;",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does(
                  {Operation::ChangeTypeRewriting, Operation::ChangeTypeInPlace, Operation::DropColumn}) ||
              scene.deed.cascade)
            return;
          for (const schema::ObjectAddress& address : scene.state.catalog->Mentioning(scene.deed.relation)) {
            const auto* view = scene.state.catalog->Get<schema::View>(address);
            if (view == nullptr) continue;
            const bool uses = std::any_of(view->query.references.begin(), view->query.references.end(),
                                          [&](const schema::Reference& reference) {
                                            return reference.target.member == scene.deed.member &&
                                                   reference.target.qualified() == scene.deed.relation;
                                          });
            if (uses)
              report.Add(scene,
                         fmt::format("view {} uses column {}", QuoteQualified(address.schema, address.name),
                                     QuoteIdentifier(scene.deed.member)));
          }
        },
};

}  // namespace schemac::lint
