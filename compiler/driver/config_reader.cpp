#include "compiler/driver/config_reader.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace schemac {

std::optional<toml::table> ConfigReader::Parse() {
  // The one place where toml++ throws.
  try {
    return toml::parse(std::string_view(sources_.Get(source_).text));
  } catch (const toml::parse_error& error) {
    std::string message(error.description());
    if (!message.empty())
      message.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(message.front())));
    Report(error.source(), std::move(message));
    return std::nullopt;
  }
}

Span ConfigReader::Place(const toml::source_region& region) const {
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

void ConfigReader::Report(const toml::source_region& region, std::string message, std::string fix) {
  sink_.Report(
      Diagnostic(DiagnosticKind::Configuration, Place(region), std::move(message)).Fix(std::move(fix)));
}

void ConfigReader::RefuseUnknown(const toml::table& table, const std::vector<std::string>& known,
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

void ConfigReader::String(const toml::table& table, std::string_view key, std::string& value) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return;
  if (const auto* text = node->as_string(); text != nullptr) {
    value = text->get();
    return;
  }
  Report(node->source(), fmt::format("\"{}\" must be a string", key));
}

void ConfigReader::Strings(const toml::table& table, std::string_view key, std::vector<std::string>& values) {
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

void ConfigReader::Flag(const toml::table& table, std::string_view key, bool& value) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return;
  if (const auto* flag = node->as_boolean(); flag != nullptr) {
    value = flag->get();
    return;
  }
  Report(node->source(), fmt::format("\"{}\" must be true or false", key));
}

const toml::table* ConfigReader::Section(const toml::table& table, std::string_view key,
                                         std::string_view fix) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return nullptr;
  const auto* section = node->as_table();
  if (section == nullptr)
    Report(node->source(), fmt::format("\"{}\" must be a table", key), std::string(fix));
  return section;
}

}  // namespace schemac
