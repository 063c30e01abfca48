#include "compiler/driver/options.h"

#include <CLI/CLI.hpp>

#include "compiler/history/foreign_history.h"

namespace schemac {

void AddFormat(CLI::App& command, std::string& format) {
  format = "text";
  command.add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}));
}

CLI::Option* AddLayout(CLI::App& command, std::string& layout) {
  return command
      .add_option("--layout", layout, "Whose layout a folder of SQL has (default: told from the files)")
      ->check(CLI::IsMember(ForeignLayouts()));
}

CLI::Option* AddRepeated(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                         const std::string& help) {
  return command.add_option(name, values, help)->allow_extra_args(false);
}

}  // namespace schemac
