// What every command works with: the world outside, the global options, and the sources and diagnostics of
// the run.
#pragma once

#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analyze/analyze.h"
#include "compiler/driver/files.h"
#include "compiler/support/diagnostic.h"
#include "compiler/support/error_or.h"
#include "compiler/support/source.h"

namespace schemac {

// The world outside; `main` gives the real one, tests a made-up one.
struct Environment {
  Files& files;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool interactive = false;                         // Someone sits at a terminal and can answer.
  bool color_allowed = false;                       // Standard error is a terminal and NO_COLOR is not set.
  std::vector<std::shared_ptr<const void>> kept{};  // What may be large and need not be freed before the end.
};

inline constexpr int kExitDone = 0;
inline constexpr int kExitError = 1;
inline constexpr int kExitDifferent = 2;

struct Context {
  explicit Context(Environment& world) : environment(world), files(world.files), out(world.out) {}

  Environment& environment;
  Files& files;
  std::ostream& out;
  std::string config_file;  // --config; "" to look for schemac.toml.
  std::string color = "auto";
  AnalyzeOptions analysis;  // From schemac.toml, once it is read.
  Sources sources;
  DiagnosticSink sink;
  int exit_code = kExitDone;

  // Reports an error that has no place in a source. Always false, so that `return context.Fail(…)` works.
  bool Fail(const Error& error);
  bool Fail(DiagnosticKind kind, std::string message, std::string fix = "");
  // Reports an error about the text of `source`, at its offset there.
  bool FailIn(SourceId source, const Error& error);
  // Reads a file into the sources; nullopt, with a diagnostic, when it cannot be read.
  std::optional<SourceId> Load(const std::string& path);
  // Something to tell that is no result: goes to standard error.
  void Say(std::string_view text);
};

}  // namespace schemac
