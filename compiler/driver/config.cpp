#include "compiler/driver/config.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "compiler/history/server_version.h"
#include "emitters/layouts/layout.h"

namespace schemac {
namespace {

class Reader {
 public:
  Reader(SourceId source, const Sources& sources, DiagnosticSink& sink)
      : source_(source), sources_(sources), sink_(sink) {}

  Config Read(const toml::table& table);
  void Report(const toml::source_region& region, std::string message, std::string fix = "");

 private:
  // toml++ counts lines and columns from one, columns in code points.
  [[nodiscard]] Span Place(const toml::source_region& region) const;
  void RefuseUnknown(const toml::table& table, const std::vector<std::string>& known, std::string_view where);
  void String(const toml::table& table, std::string_view key, std::string& value);
  void Strings(const toml::table& table, std::string_view key, std::vector<std::string>& values);
  void Version(const toml::table& table, std::optional<int>& value);
  void Layout(const toml::table& table, ScriptSettings& settings);
  void Rows(const toml::table& table, std::size_t& value);
  void Flag(const toml::table& table, std::string_view key, bool& value);
  void Tenants(const toml::table& table, TenantSettings& tenants);

  SourceId source_;
  const Sources& sources_;
  DiagnosticSink& sink_;
};

Span Reader::Place(const toml::source_region& region) const {
  const std::string& text = sources_.Get(source_).text;
  std::size_t offset = 0;
  for (toml::source_index line = 1; line < region.begin.line && offset < text.size(); ++line) {
    const std::size_t end = text.find('\n', offset);
    offset = end == std::string::npos ? text.size() : end + 1;
  }
  for (toml::source_index column = 1; column < region.begin.column && offset < text.size(); ++column) {
    do ++offset;
    while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U);
  }
  return {source_, static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(offset)};
}

void Reader::Report(const toml::source_region& region, std::string message, std::string fix) {
  sink_.Report(
      Diagnostic(DiagnosticKind::Configuration, Place(region), std::move(message)).Fix(std::move(fix)));
}

void Reader::RefuseUnknown(const toml::table& table, const std::vector<std::string>& known,
                           std::string_view where) {
  for (const auto& [key, value] : table) {
    const std::string name(key.str());
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string nearest = Nearest(name, known);
    Report(key.source(), fmt::format("no setting \"{}\"{}", name, where),
           nearest.empty() ? fmt::format("the settings are {}", fmt::join(known, ", "))
                           : fmt::format("did you mean \"{}\"?", nearest));
  }
}

void Reader::String(const toml::table& table, std::string_view key, std::string& value) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return;
  if (const auto* text = node->as_string(); text != nullptr) {
    value = text->get();
    return;
  }
  Report(node->source(), fmt::format("\"{}\" must be a string", key));
}

void Reader::Strings(const toml::table& table, std::string_view key, std::vector<std::string>& values) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return;
  std::vector<std::string> read;
  if (const auto* text = node->as_string(); text != nullptr) {
    read.push_back(text->get());
  } else if (const auto* array = node->as_array(); array != nullptr) {
    for (const toml::node& element : *array) {
      if (const auto* item = element.as_string(); item != nullptr) {
        read.push_back(item->get());
      } else {
        Report(element.source(), fmt::format("\"{}\" holds strings only", key));
      }
    }
  } else {
    Report(node->source(), fmt::format("\"{}\" must be a string or a list of strings", key));
    return;
  }
  values = std::move(read);
}

void Reader::Version(const toml::table& table, std::optional<int>& value) {
  const toml::node* node = table.get("postgres_version");
  if (node == nullptr) return;
  const auto* number = node->as_integer();
  if (number == nullptr || number->get() < kOldestPostgres || number->get() > kNewestPostgres) {
    Report(node->source(), fmt::format("\"postgres_version\" must be a whole number from {} to {}",
                                       kOldestPostgres, kNewestPostgres));
    return;
  }
  value = static_cast<int>(number->get());
}

void Reader::Layout(const toml::table& table, ScriptSettings& settings) {
  String(table, "layout", settings.layout);
  const toml::node* folder = table.get("layout_folder");
  if (settings.layout == "schemac") settings.layout.clear();  // Our own: nothing beside it.
  if (settings.layout.empty()) {
    if (folder != nullptr)
      Report(folder->source(), "\"layout_folder\" without \"layout\"", "name the tool: layout = \"flyway\"");
    return;
  }
  const std::vector<std::string> known = emitters::WrittenLayouts();
  if (std::find(known.begin(), known.end(), settings.layout) == known.end()) {
    Report(table.get("layout")->source(), fmt::format("no layout is called \"{}\"", settings.layout),
           fmt::format("one of schemac, {}", fmt::join(known, ", ")));
    return;
  }
  settings.layout_folder = emitters::LayoutFolder(settings.layout);
  String(table, "layout_folder", settings.layout_folder);
}

void Reader::Rows(const toml::table& table, std::size_t& value) {
  const toml::node* node = table.get("backfill_batch");
  if (node == nullptr) return;
  const auto* number = node->as_integer();
  if (number == nullptr || number->get() < 0) {
    Report(node->source(), "\"backfill_batch\" must be a number of rows, or 0 for all at once");
    return;
  }
  value = static_cast<std::size_t>(number->get());
}

void Reader::Flag(const toml::table& table, std::string_view key, bool& value) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return;
  if (const auto* flag = node->as_boolean(); flag != nullptr) {
    value = flag->get();
    return;
  }
  Report(node->source(), fmt::format("\"{}\" must be true or false", key));
}

void Reader::Tenants(const toml::table& table, TenantSettings& tenants) {
  const toml::node* node = table.get("tenants");
  if (node == nullptr) return;
  const auto* section = node->as_table();
  if (section == nullptr) {
    Report(node->source(), "\"tenants\" must be a table", "[tenants] with names, file or canary");
    return;
  }
  RefuseUnknown(*section, {"schema", "names", "file", "canary", "columns"}, " in [tenants]");
  String(*section, "schema", tenants.schema);
  Strings(*section, "names", tenants.names);
  String(*section, "file", tenants.file);
  Strings(*section, "canary", tenants.canary);
  if (section->contains("columns")) Strings(*section, "columns", tenants.columns.emplace());
}

Config Reader::Read(const toml::table& table) {
  Config config;
  RefuseUnknown(table,
                {"model", "migrations", "ledger_table", "lock_timeout", "owner", "postgres_version", "layout",
                 "layout_folder", "backfill_batch", "online", "tenants"},
                "");
  Strings(table, "model", config.model);
  if (config.model.empty()) Report(table.get("model")->source(), "\"model\" names no file");
  String(table, "migrations", config.migrations);
  String(table, "ledger_table", config.scripts.ledger_table);
  String(table, "lock_timeout", config.scripts.lock_timeout);
  String(table, "owner", config.analysis.owner);
  if (config.analysis.owner.empty()) Report(table.get("owner")->source(), "\"owner\" names no role");
  Version(table, config.scripts.postgres_version);
  Layout(table, config.scripts);
  Rows(table, config.scripts.backfill_batch);
  Flag(table, "online", config.scripts.online);
  Tenants(table, config.tenants);
  return config;
}

}  // namespace

std::optional<Config> ParseConfig(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  const std::size_t errors = sink.error_count();
  Reader reader(source, sources, sink);
  std::optional<toml::table> table;
  // The one place where toml++ throws.
  try {
    table = toml::parse(std::string_view(sources.Get(source).text));
  } catch (const toml::parse_error& error) {
    std::string message(error.description());
    if (!message.empty())
      message.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(message.front())));
    reader.Report(error.source(), std::move(message));
    return std::nullopt;
  }
  Config config = reader.Read(*table);
  if (sink.error_count() > errors) return std::nullopt;
  return config;
}

}  // namespace schemac
