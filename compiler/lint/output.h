// Findings for people and for programs.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lint/lint.h"
#include "compiler/support/source.h"

namespace schemac::lint {

// "error", "warning", "note".
std::string_view SeverityWord(Severity severity);

// Place, what is wrong, the line with its caret, and what to do.
void PrintText(const std::vector<Finding>& findings, const Sources& sources, std::ostream& out);
// One JSON object (docs/json.md).
std::string JsonText(const std::vector<Finding>& findings, const Sources& sources);
// SARIF 2.1.0 with the rules that it names; `version` is that of the program.
std::string SarifText(const std::vector<Finding>& findings, const Sources& sources, std::string_view version);
// A workflow command of GitHub Actions for each, which shows it beside the line.
std::string GithubText(const std::vector<Finding>& findings, const Sources& sources);

// What a rule is about, with its examples.
std::string Explanation(const Rule& rule);
// A line for each rule.
std::string RuleList();

}  // namespace schemac::lint
