// [lint] in schemac.toml: what the project's SQL is judged by. Read by `lint` alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/lint/naming.h"
#include "compiler/support/diagnostic.h"

namespace schemac {

struct LintSettings {
  std::vector<std::string> enabled;  // Rules.
  std::vector<std::string> disabled;
  std::optional<lint::Naming> naming;  // [lint.naming]
};

// From the text of schemac.toml. nullopt, with diagnostics, when something in the section is wrong.
std::optional<LintSettings> ReadLintSettings(SourceId source, const Sources& sources, DiagnosticSink& sink);

}  // namespace schemac
