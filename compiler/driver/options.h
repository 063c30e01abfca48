// Options that several subcommands have.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace schemac {

struct Context;

// --format text|json, and `more`.
void AddFormat(CLI::App& command, std::string& format, const std::vector<std::string>& more = {});
// --layout: how a folder of SQL migrations is kept; "" to tell it from the files.
CLI::Option* AddLayout(CLI::App& command, std::string& layout);
// Whether --sql was given. A command that prints a `product` ("script", "query") to run elsewhere demands it,
// because without it its name would promise to do the work itself; false, with a diagnostic, without.
bool RequireSql(Context& context, bool sql, const std::string& command, const std::string& product);
// An option that takes one value and may be given several times.
CLI::Option* AddRepeated(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                         const std::string& help);

}  // namespace schemac
