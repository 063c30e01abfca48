#include "compiler/driver/tenant_names.h"

#include <sstream>

#include <fmt/format.h>

namespace schemac {
namespace {

void AddLines(const std::string& text, std::vector<std::string>& names) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('\r')) line.pop_back();
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string::npos || line[begin] == '#') continue;
    names.push_back(line.substr(begin, line.find_last_not_of(" \t") + 1 - begin));
  }
}

}  // namespace

bool AddTenantFile(Context& context, const std::string& path, std::vector<std::string>& names) {
  if (path == "-") {
    std::ostringstream text;
    text << context.environment.in.rdbuf();
    AddLines(text.str(), names);
    return true;
  }
  const ErrorOr<std::string> text = context.files.Read(path);
  if (!text) return context.Fail(text.error());
  AddLines(*text, names);
  return true;
}

std::optional<std::vector<std::string>> ListedTenants(Context& context, const Project& project) {
  const TenantSettings& settings = project.config.tenants;
  std::vector<std::string> names = settings.names;
  if (!settings.file.empty() && !AddTenantFile(context, project.PathOf(settings.file), names))
    return std::nullopt;
  return names;
}

std::string CountTenants(std::size_t count) {
  return fmt::format("{} tenant{}", count, count == 1 ? "" : "s");
}

}  // namespace schemac
