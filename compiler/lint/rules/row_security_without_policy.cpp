#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kRowSecurityWithoutPolicy;
const Rule kRowSecurityWithoutPolicy = {
    .id = "row-security-without-policy",
    .severity = Severity::Warning,
    .summary = "with row security and no policy, nobody but the owner sees a row",
    .why = "A table without policies denies everything to those that row security binds.",
    .instead = "create the policies in the same transaction, before",
    .unsafe = "ALTER TABLE t ENABLE ROW LEVEL SECURITY;",
    .safe = "CREATE POLICY all_rows ON t USING (true); ALTER TABLE t ENABLE ROW LEVEL SECURITY;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::EnableRowSecurity})) return;
          if (!scene.state.knows_base && !scene.IsNew() &&
              scene.state.catalog->FindTable(scene.deed.relation) == nullptr)
            return;
          if (!scene.state.catalog->PartsOf(scene.deed.relation, schema::ObjectKind::Policy).empty()) return;
          for (const sql::StatementDeeds& statement : scene.script) {
            for (const sql::Deed& deed : statement.deeds) {
              if (deed.operation == Operation::CreatePolicy && deed.relation.name == scene.deed.relation.name)
                return;
            }
          }
          report.Add(scene, fmt::format("{} has no policy: its rows are hidden from all but its owner",
                                        scene.Relation()));
        },
};

}  // namespace schemac::lint
