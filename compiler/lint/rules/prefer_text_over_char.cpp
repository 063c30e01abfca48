#include "compiler/lint/rule.h"

namespace schemac::lint {

extern const Rule kPreferTextOverChar;
const Rule kPreferTextOverChar = {
    .id = "prefer-text-over-char",
    .severity = Severity::Note,
    .summary = "char(n) fills up with blanks",
    .why = "The blanks take space, and comparisons ignore them.",
    .instead = "text",
    .unsafe = "CREATE TABLE n (a char(4));",
    .safe = "CREATE TABLE n (a text);",
    .check =
        [](const Scene& scene, Report& report) {
          ReportColumnsOf("character", "a type that pads with blanks", scene, report);
        },
};

}  // namespace schemac::lint
