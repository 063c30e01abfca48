#include "compiler/driver/config.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/config_reader.h"
#include "compiler/history/server_version.h"
#include "emitters/layouts/layout.h"

namespace schemac {
namespace {

class Reader : public ConfigReader {
 public:
  using ConfigReader::ConfigReader;

  Config Read(const toml::table& table);

 private:
  void Version(const toml::table& table, std::optional<int>& value);
  void Layout(const toml::table& table, ScriptSettings& settings);
  void Rows(const toml::table& table, std::size_t& value);
  void Tenants(const toml::table& table, TenantSettings& tenants);
};

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

void Reader::Tenants(const toml::table& table, TenantSettings& tenants) {
  const toml::table* section = Section(table, "tenants", "[tenants] with names, file or canary");
  if (section == nullptr) return;
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
                 "layout_folder", "backfill_batch", "online", "tenants", "lint"},
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
  const std::optional<toml::table> table = reader.Parse();
  if (!table) return std::nullopt;
  Config config = reader.Read(*table);
  if (sink.error_count() > errors) return std::nullopt;
  return config;
}

}  // namespace schemac
