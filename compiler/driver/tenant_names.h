// Lists of tenants, as files and settings keep them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/project.h"

namespace schemac {

// Appends the names in a file, one a line; blank lines and those that begin with # aside. `-` is standard
// input. False, with a diagnostic, when it cannot be read.
bool AddTenantFile(Context& context, const std::string& path, std::vector<std::string>& names);

// Those that schemac.toml lists; nullopt, with a diagnostic, when its file cannot be read.
std::optional<std::vector<std::string>> ListedTenants(Context& context, const Project& project);

// "1 tenant", "50 tenants".
std::string CountTenants(std::size_t count);

}  // namespace schemac
