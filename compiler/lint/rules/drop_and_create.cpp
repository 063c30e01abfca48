#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

extern const Rule kDropAndCreate;
const Rule kDropAndCreate = {
    .id = "drop-and-create",
    .severity = Severity::Error,
    .summary = "a table is dropped to be made again",
    .why = "What a framework calls \"force\": the rows are gone, silently, each time that the script runs.",
    .instead = "CREATE TABLE without the DROP, or ALTER TABLE",
    .unsafe = "DROP TABLE IF EXISTS t; CREATE TABLE t (id bigint);",
    .safe = "CREATE TABLE IF NOT EXISTS n (id bigint);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does(
                  {Operation::CreateTable, Operation::CreateTableReferencing, Operation::CreateTableAs}))
            return;
          for (const sql::StatementDeeds& statement : scene.script) {
            if (statement.place.begin >= scene.statement.place.begin) break;
            for (const sql::Deed& deed : statement.deeds) {
              const bool drops =
                  deed.operation == Operation::DropTable || deed.operation == Operation::DropTableReferencing;
              if (drops && deed.relation == scene.deed.relation)
                report.Add(scene, fmt::format("{} was dropped just before, with its rows", scene.Relation()));
            }
          }
        },
};

}  // namespace schemac::lint
