// What is read of a text in the place of schemac.toml, and what is said of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/support/diagnostic.h"

namespace schemac {

template <typename Settings>
struct ParsedSettings {
  std::optional<Settings> settings;
  std::vector<std::string> messages;
  std::vector<std::string> fixes;
  std::vector<LineColumn> places;
};

// `read` is a reader of settings: of a source, with a sink.
template <typename Settings>
ParsedSettings<Settings> ParseSettings(std::optional<Settings> (*read)(SourceId, const Sources&,
                                                                       DiagnosticSink&),
                                       const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  ParsedSettings<Settings> parsed;
  parsed.settings = read(sources.Add("schemac.toml", text), sources, sink);
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    EXPECT_EQ(diagnostic.kind, DiagnosticKind::Configuration);
    parsed.messages.push_back(diagnostic.message);
    parsed.fixes.push_back(diagnostic.fix);
    parsed.places.push_back(sources.Locate(diagnostic.span.source, diagnostic.span.begin));
  }
  return parsed;
}

}  // namespace schemac
