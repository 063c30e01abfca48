#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kSuppression;
const Rule kSuppression = {
    .id = "suppression",
    .severity = Severity::Warning,
    .summary = "a comment that allows a rule has no reason, no rule, or nothing to allow",
    .why =
        "Suppressions are for readers: they say why a hazard is taken. One that matches nothing any "
        "more hides the next hazard.",
    .instead = "-- schemac: allow RULE because …, before the statement or behind it on its line",
    .unsafe = "-- schemac: allow drop-table\nCREATE TABLE n (id bigint);",
    .safe = "-- schemac: allow drop-table because nothing reads it since version 7\nDROP TABLE t;",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);",
};

}  // namespace schemac::lint
