// schemac.toml.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/history/replay.h"
#include "compiler/support/diagnostic.h"

namespace schemac {

inline constexpr const char* kConfigName = "schemac.toml";

// [tenants]: whose schemas there are.
struct TenantSettings {
  std::string schema;  // The template, where the model does not mark it; "".
  std::vector<std::string> names;
  std::string file;                 // One name a line.
  std::vector<std::string> canary;  // Those that get a revision first.
  // The columns that tell whose a row is, where tenants share tables; nullopt for the usual ones.
  std::optional<std::vector<std::string>> columns;
};

struct Config {
  std::vector<std::string> model{"schema"};  // Files and folders of *.schema, or of *.sql, relative to the
                                             // file.
  std::string migrations = "migrations";
  ScriptSettings scripts;
  AnalyzeOptions analysis;  // `owner`.
  TenantSettings tenants;
};

// Reads the settings. Unknown keys and values of the wrong kind are diagnostics with their place; nullopt
// after any of them.
std::optional<Config> ParseConfig(SourceId source, const Sources& sources, DiagnosticSink& sink);

}  // namespace schemac
