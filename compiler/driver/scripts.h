// The SQL of revisions: compiled from their model diffs, and as it stands on disk.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "compiler/driver/context.h"
#include "compiler/driver/project.h"
#include "compiler/driver/range.h"
#include "compiler/history/history.h"
#include "compiler/history/migration.h"

namespace schemac {

inline constexpr const char* kUpSuffix = ".up.sql";
inline constexpr const char* kDownSuffix = ".down.sql";

// A revision compiled, with the states around it.
struct Compiled {
  std::size_t revision = 0;
  const schema::Catalog& before;
  const schema::Catalog& after;
  const Migration& migration;
};

// Compiles the revisions of the history up to `last` for which `wanted` is true, in order. False, with
// diagnostics, when one does not compile or `visit` returns false.
bool CompileUpTo(Context& context, const Project& project, const History& history,
                 std::optional<std::size_t> last, const std::function<bool(std::size_t)>& wanted,
                 const std::function<bool(const Compiled&)>& visit);

// The same over the revisions after `older` up to `newer`.
bool CompileBetween(Context& context, const Project& project, const History& history, Point older,
                    Point newer, const std::function<bool(const Compiled&)>& visit);

// A script as it stands on disk. Somebody may have edited it: then it must do the same.
struct ScriptOnDisk {
  std::string text;
  std::string fault;  // Why it is not the revision's, naming the file; "" when it is.
};
ScriptOnDisk ReadScript(Context& context, const Project& project, const std::string& id,
                        const Compiled& compiled, bool down);

// The text of a script on disk, which is what was reviewed; nullopt, with a diagnostic, when it is not the
// revision's.
std::optional<std::string> ReviewedScript(Context& context, const Project& project, const History& history,
                                          const Compiled& compiled, bool down);

}  // namespace schemac
