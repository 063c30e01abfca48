// The history as files for the runner of another tool (emitters/layouts/layout.h), beside our own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/context.h"
#include "compiler/driver/project.h"
#include "compiler/driver/scripts.h"
#include "compiler/history/history.h"
#include "emitters/layouts/layout.h"

namespace CLI {
class App;
}  // namespace CLI

namespace schemac {

struct LayoutTarget {
  std::string layout;  // One of emitters::WrittenLayouts().
  std::string folder;
};
// What the settings say; nullopt when the project keeps no other layout.
std::optional<LayoutTarget> LayoutOf(const Project& project);

// What the tool's files and books of the revision are written with.
emitters::LayoutOptions LayoutOptionsFor(const Project& project, const Compiled& compiled);

// --layout: the tool whose files are written or whose books are kept; "" for the project's own setting.
inline constexpr const char* kBooksHelp = "The tool whose books are kept along, so that it carries on";
void AddWrittenLayout(CLI::App& command, std::string& layout, const std::string& help);

// The files of all revisions up to the one head. Each is read back by our own reader of the layout and must
// lead to the state of its revision; nullopt, with diagnostics, when one does not, or when the tool could not
// run it.
std::optional<Files::Texts> LayoutTexts(Context& context, const Project& project, const History& history,
                                        const LayoutTarget& target);

// Writes those that are missing or stand as they were compiled before. False, with diagnostics and nothing
// written, when one was edited by hand, unless `force`. Tells what was written.
bool WriteLayout(Context& context, const Files::Texts& texts, bool force);

// After a command wrote revisions: the same for the project's own layout; nothing when it has none.
bool KeepLayout(Context& context, const Project& project);

// What is missing or says something else than it should, for `check`.
void CheckLayout(Context& context, const Project& project, const History& history,
                 std::vector<std::string>& findings);

}  // namespace schemac
