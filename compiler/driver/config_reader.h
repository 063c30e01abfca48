// Reading schemac.toml value by value: what is wrong with one is a diagnostic at its place. For config.cpp
// and what reads a section of the file for itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "compiler/support/diagnostic.h"

namespace schemac {

class ConfigReader {
 public:
  ConfigReader(SourceId source, const Sources& sources, DiagnosticSink& sink)
      : source_(source), sources_(sources), sink_(sink) {}

  // nullopt, with a diagnostic, when the file is no TOML.
  std::optional<toml::table> Parse();

  void Report(const toml::source_region& region, std::string message, std::string fix = "");
  void RefuseUnknown(const toml::table& table, const std::vector<std::string>& known, std::string_view where);
  // These leave the value as it is where the key is missing.
  void String(const toml::table& table, std::string_view key, std::string& value);
  void Strings(const toml::table& table, std::string_view key, std::vector<std::string>& values);
  void Flag(const toml::table& table, std::string_view key, bool& value);
  // nullptr when it is not there, or no table.
  const toml::table* Section(const toml::table& table, std::string_view key, std::string_view fix);

 private:
  // toml++ counts lines and columns from one, columns in code points.
  [[nodiscard]] Span Place(const toml::source_region& region) const;

  SourceId source_;
  const Sources& sources_;
  DiagnosticSink& sink_;
};

}  // namespace schemac
