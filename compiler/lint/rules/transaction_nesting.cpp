#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kTransactionNesting;
const Rule kTransactionNesting = {
    .id = "transaction-nesting",
    .severity = Severity::Error,
    .summary = "BEGIN inside a transaction, or COMMIT of one that another began",
    .why =
        "PostgreSQL only warns. The COMMIT then ends the transaction of the tool that runs the script, "
        "whose later statements are on their own.",
    .instead = "leave transactions to the tool, or tell it to run the script without one",
    .unsafe = "BEGIN; BEGIN; SELECT 1; COMMIT;",
    .safe = "BEGIN; SELECT 1; COMMIT;",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.statement.inside) return;  // A block may end its own, and begins the next.
          const bool begins = scene.statement.control == sql::Control::Begin && scene.state.in_transaction;
          const bool ends = scene.statement.control == sql::Control::Commit && !scene.state.began;
          if (begins) report.Add(scene, "a transaction is open already");
          if (ends)
            report.Add(scene, scene.state.wrapped ? "ends the transaction of the tool that runs the script"
                                                  : "no transaction is open");
        },
};

}  // namespace schemac::lint
