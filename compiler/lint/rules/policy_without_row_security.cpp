#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kPolicyWithoutRowSecurity;
const Rule kPolicyWithoutRowSecurity = {
    .id = "policy-without-row-security",
    .severity = Severity::Warning,
    .summary = "a policy does nothing until row security is enabled",
    .why = "The table stays open to everybody with a grant, while its policies look as if it were not.",
    .instead = "ALTER TABLE … ENABLE ROW LEVEL SECURITY",
    .unsafe = "CREATE POLICY mine ON t USING (true);",
    .safe = "CREATE POLICY mine ON t USING (true); ALTER TABLE t ENABLE ROW LEVEL SECURITY;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::CreatePolicy})) return;
          const schema::Table* table = scene.state.catalog->FindTable(scene.deed.relation);
          if (table == nullptr ? !scene.IsNew() : table->row_security) return;
          for (const sql::StatementDeeds& statement : scene.script) {
            for (const sql::Deed& deed : statement.deeds) {
              if (deed.operation == Operation::EnableRowSecurity &&
                  deed.relation.name == scene.deed.relation.name)
                return;
            }
          }
          report.Add(scene, fmt::format("row security of {} is not enabled", scene.Relation()));
        },
};

}  // namespace schemac::lint
