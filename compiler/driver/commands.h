// The subcommands. Each function adds one to the parser; when it is the one that was asked for, it leaves in
// `action` what to do.
#pragma once

#include <functional>

#include "compiler/driver/context.h"

namespace CLI {
class App;
}  // namespace CLI

namespace schemac {

// Runs the command; mistakes go to the context's diagnostics, findings to its exit code.
using Action = std::function<void(Context&)>;

void AddInit(CLI::App& app, Action& action);
void AddDiff(CLI::App& app, Action& action);
void AddRevision(CLI::App& app, Action& action);
void AddCompile(CLI::App& app, Action& action);
void AddUpgrade(CLI::App& app, Action& action);
void AddDowngrade(CLI::App& app, Action& action);
void AddHistory(CLI::App& app, Action& action);
void AddHeads(CLI::App& app, Action& action);
void AddBranches(CLI::App& app, Action& action);
void AddMerge(CLI::App& app, Action& action);
void AddSquash(CLI::App& app, Action& action);
void AddRelease(CLI::App& app, Action& action);
void AddShow(CLI::App& app, Action& action);
void AddImport(CLI::App& app, Action& action);
void AddFmt(CLI::App& app, Action& action);
void AddCheck(CLI::App& app, Action& action);
void AddExport(CLI::App& app, Action& action);
void AddScript(CLI::App& app, Action& action);
void AddTenants(CLI::App& app, Action& action);
void AddStamp(CLI::App& app, Action& action);
void AddCurrent(CLI::App& app, Action& action);
void AddLint(CLI::App& app, Action& action);
void AddVerify(CLI::App& app, Action& action);
void AddDrift(CLI::App& app, Action& action);
void AddCatalogQuery(CLI::App& app, Action& action);
void AddErd(CLI::App& app, Action& action);
void AddVersion(CLI::App& app, Action& action);

}  // namespace schemac
