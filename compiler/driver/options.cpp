#include "compiler/driver/options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/context.h"
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

bool RequireSql(Context& context, bool sql, const std::string& command, const std::string& product) {
  return sql || context.Fail(
                    DiagnosticKind::Usage,
                    fmt::format("{} without --sql would need a connection, and schemac opens none", command),
                    fmt::format("add --sql and run the {} that is printed", product));
}

CLI::Option* AddRepeated(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                         const std::string& help) {
  return command.add_option(name, values, help)->allow_extra_args(false);
}

}  // namespace schemac
