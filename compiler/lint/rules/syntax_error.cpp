#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kSyntaxError;
const Rule kSyntaxError = {
    .id = "syntax-error",
    .severity = Severity::Error,
    .summary = "PostgreSQL cannot read the statement",
    .why = "The parser is that of PostgreSQL 15.",
    .instead = "",
    .unsafe = "SELEC 1;",
    .safe = "SELECT 1;",
    .finish =
        [](const std::vector<sql::StatementDeeds>& script, const State& state, Report& report) {
          static_cast<void>(state);
          for (const sql::StatementDeeds& statement : script) {
            if (!statement.error) continue;
            const std::size_t begin = *statement.error->offset;
            report.Add(sql::Place{begin, begin + statement.error->length}, statement.error->message);
          }
        },
};

}  // namespace schemac::lint
