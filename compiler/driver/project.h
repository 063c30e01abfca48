// A project on disk: its settings, model and revisions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/analyze/analyze.h"
#include "compiler/driver/config.h"
#include "compiler/driver/context.h"
#include "compiler/driver/schema_files.h"
#include "compiler/history/history.h"

namespace schemac {

inline constexpr const char* kRevisionSuffix = ".mdiff";

struct Project {
  std::string root;  // The folder of schemac.toml as a prefix for paths; "" when it is the current one.
  Config config;

  [[nodiscard]] std::string PathOf(const std::string& name) const { return JoinPath(root, name); }
  [[nodiscard]] std::string MigrationFile(const std::string& revision, const std::string& suffix) const {
    return JoinPath(PathOf(config.migrations), revision + suffix);
  }
};

// The project of --config, or of the nearest schemac.toml here or in a folder above. nullopt, with
// diagnostics, when there is none or it cannot be read.
std::optional<Project> OpenProject(Context& context);
// Whether there is one; OpenProject may fail all the same.
bool HasProject(const Context& context);

// Every file that ends with `suffix` under `path` (a folder, searched to the bottom, or a file), sorted.
// nullopt, with a diagnostic, when the path cannot be read or is missing.
std::optional<std::vector<std::string>> FindFiles(Context& context, const std::string& path,
                                                  const std::string& suffix);

// Parses and analyses model files. nullopt, with diagnostics, after any error.
std::optional<Model> AnalyzeSources(const Context& context, const std::vector<SourceId>& files,
                                    DiagnosticSink& sink);

// Two models at once: what they have in common is analysed once. nullopt, with diagnostics, after any error
// in one of them.
std::optional<std::pair<Model, Model>> AnalyzeBoth(Context& context, const std::vector<SourceId>& first,
                                                   const std::vector<SourceId>& second);

// The files and folders of the project's model, which may be SQL: see schema_files.h.
std::optional<std::vector<Found>> ModelFiles(Context& context, const Project& project);
std::optional<SchemaFiles> LoadModelFiles(Context& context, const Project& project);
std::optional<Model> LoadModel(Context& context, const Project& project);
// A project without a migrations folder has an empty history. Released revisions must be as they were
// released.
std::optional<History> LoadHistory(Context& context, const Project& project);

}  // namespace schemac
