#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

namespace {

bool Makes(Operation operation) {
  switch (operation) {
    case Operation::CreateView:
    case Operation::ReplaceView:
    case Operation::CreateMaterializedView:
    case Operation::CreateRoutine:
    case Operation::ReplaceRoutine:
    case Operation::CreateType:
    case Operation::CreateDomain:
    case Operation::CreateSequence:
    case Operation::CreateTable:
      return true;
    default:
      return false;
  }
}

}  // namespace

extern const Rule kDropUsedObject;
const Rule kDropUsedObject = {
    .id = "drop-used-object",
    .severity = Severity::Warning,
    .summary = "code that uses what is dropped fails from that moment",
    .why =
        "Old code runs on while a release is rolled out. What the same script makes again under its "
        "name is not counted.",
    .instead = "deploy code that does without it first",
    .unsafe = "DROP VIEW v;",
    .safe = "DROP VIEW v; CREATE VIEW v AS SELECT 2 AS a;",
    .schema = "CREATE VIEW v AS SELECT 1 AS a;",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::DropView, Operation::DropMaterializedView, Operation::DropRoutine,
                           Operation::DropSequence, Operation::DropType}) ||
              scene.IsNew())
            return;
          for (const sql::StatementDeeds& statement : scene.script) {
            if (statement.place.begin <= scene.statement.place.begin) continue;
            for (const sql::Deed& deed : statement.deeds) {
              if (Makes(deed.operation) && deed.relation.name == scene.deed.relation.name) return;
            }
          }
          report.Add(scene, fmt::format("running code that uses {} fails", scene.Relation()));
        },
};

}  // namespace schemac::lint
