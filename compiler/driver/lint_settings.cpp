#include "compiler/driver/lint_settings.h"

#include <utility>

#include <fmt/format.h>

#include "compiler/driver/config_reader.h"
#include "compiler/lint/rule.h"

namespace schemac {
namespace {

class SettingsReader : public ConfigReader {
 public:
  using ConfigReader::ConfigReader;

  void Lint(const toml::table& table, LintSettings& lint);

 private:
  void Rules(const toml::table& table, std::string_view key, std::vector<std::string>& rules);
  void Naming(const toml::table& table, lint::Naming& naming);
  std::optional<lint::Convention> Convention(const toml::node& node, std::string_view key);
  std::optional<lint::Convention> Pattern(const toml::node& node, std::string_view key, std::string message);
};

void SettingsReader::Lint(const toml::table& table, LintSettings& lint) {
  const toml::table* section = Section(table, "lint", "[lint] with enable, disable or naming");
  if (section == nullptr) return;
  RefuseUnknown(*section, {"enable", "disable", "naming"}, " in [lint]");
  Rules(*section, "enable", lint.enabled);
  Rules(*section, "disable", lint.disabled);
  if (const toml::table* naming = Section(*section, "naming", "[lint.naming] with a pattern for each kind"))
    Naming(*naming, lint.naming.emplace());
}

void SettingsReader::Rules(const toml::table& table, std::string_view key, std::vector<std::string>& rules) {
  Strings(table, key, rules);
  for (const std::string& rule : rules) {
    if (lint::FindRule(rule) != nullptr) continue;
    const std::string nearest = Nearest(rule, lint::RuleNames());
    Report(table.get(key)->source(), fmt::format("no rule \"{}\"", rule),
           nearest.empty() ? "\"schemac lint --rules\" lists them"
                           : fmt::format("did you mean \"{}\"?", nearest));
  }
}

void SettingsReader::Naming(const toml::table& table, lint::Naming& naming) {
  std::vector<std::string> known = lint::NamedKindSettings();
  known.insert(known.end(), {"match", "message"});
  RefuseUnknown(table, known, " in [lint.naming]");
  std::string message;
  String(table, "message", message);
  if (const toml::node* match = table.get("match")) {
    naming.others = Pattern(*match, "match", message);
  } else if (table.contains("message")) {
    Report(table.get("message")->source(), "\"message\" without \"match\"",
           "write it where the pattern is: table = { match = \"…\", message = \"…\" }");
  }
  for (const auto& [key, node] : table) {
    const std::optional<lint::NamedKind> kind = lint::FindNamedKind(key.str());
    if (!kind) continue;
    if (std::optional<lint::Convention> convention = Convention(node, key.str()))
      naming.kinds.emplace(*kind, *std::move(convention));
  }
}

// A pattern, or one with what to say of names that do not fit.
std::optional<lint::Convention> SettingsReader::Convention(const toml::node& node, std::string_view key) {
  const auto* table = node.as_table();
  if (table == nullptr) return Pattern(node, key, "");
  RefuseUnknown(*table, {"match", "message"}, fmt::format(" in [lint.naming.{}]", key));
  std::string message;
  String(*table, "message", message);
  if (const toml::node* match = table->get("match")) return Pattern(*match, "match", std::move(message));
  Report(node.source(), fmt::format("\"{}\" has no \"match\"", key), "match = \"^[a-z_]+$\"");
  return std::nullopt;
}

std::optional<lint::Convention> SettingsReader::Pattern(const toml::node& node, std::string_view key,
                                                        std::string message) {
  const auto* text = node.as_string();
  if (text == nullptr) {
    Report(node.source(), fmt::format("\"{}\" must be a regular expression, as a string", key));
    return std::nullopt;
  }
  const ErrorOr<lint::NamePattern> pattern = lint::NamePattern::Read(text->get());
  if (!pattern) {
    Report(node.source(), fmt::format("\"{}\" is {}", key, pattern.error().message),
           "in '…' a backslash stands for itself");
    return std::nullopt;
  }
  return lint::Convention{*pattern, std::move(message)};
}

}  // namespace

std::optional<LintSettings> ReadLintSettings(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  const std::size_t errors = sink.error_count();
  SettingsReader reader(source, sources, sink);
  LintSettings settings;
  if (const std::optional<toml::table> table = reader.Parse()) reader.Lint(*table, settings);
  if (sink.error_count() > errors) return std::nullopt;
  return settings;
}

}  // namespace schemac
