#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kUncommittedTransaction;
const Rule kUncommittedTransaction = {
    .id = "uncommitted-transaction",
    .severity = Severity::Error,
    .summary = "BEGIN without COMMIT: nothing is applied",
    .why = "At the end of the session the transaction is rolled back.",
    .instead = "COMMIT",
    .unsafe = "BEGIN; CREATE TABLE n (id bigint);",
    .safe = "BEGIN; CREATE TABLE n (id bigint); COMMIT;",
    .finish =
        [](const std::vector<sql::StatementDeeds>& script, const State& state, Report& report) {
          if (!state.began) return;
          for (auto statement = script.rbegin(); statement != script.rend(); ++statement) {
            if (statement->control != sql::Control::Begin) continue;
            report.Add(statement->place, "no COMMIT follows: nothing of this is applied");
            return;
          }
        },
};

}  // namespace schemac::lint
