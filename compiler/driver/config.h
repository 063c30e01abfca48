// schemac.toml.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/history/replay.h"
#include "compiler/support/diagnostic.h"

namespace schemac {

inline constexpr const char* kConfigName = "schemac.toml";

struct Config {
  std::vector<std::string> model{"schema"};  // Files and folders of *.schema, relative to the file.
  std::string migrations = "migrations";
  ScriptSettings scripts;
  AnalyzeOptions analysis;           // `owner`.
  int postgres_version = 14;         // The oldest server that the SQL must run on.
  std::vector<std::string> tenants;  // Schemas that stand for `schema … template`.
};

// Reads the settings. Unknown keys and values of the wrong kind are diagnostics with their place; nullopt
// after any of them.
std::optional<Config> ParseConfig(SourceId source, const Sources& sources, DiagnosticSink& sink);

}  // namespace schemac
