#include "compiler/driver/options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/context.h"
#include "compiler/history/foreign_history.h"

namespace schemac {

void AddFormat(CLI::App& command, std::string& format, const std::vector<std::string>& more) {
  format = "text";
  std::vector<std::string> formats{"text", "json"};
  formats.insert(formats.end(), more.begin(), more.end());
  command.add_option("--format", format, fmt::format("{}", fmt::join(formats, ", ")))
      ->check(CLI::IsMember(formats));
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
