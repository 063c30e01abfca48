#include "tests/hostile/diff_from_empty.h"

#include <filesystem>

namespace schemac::testing {

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr const char* kSeconds = "1000";
#else
constexpr const char* kSeconds = "200";
#endif

}  // namespace

ProcessResult DiffFromEmpty(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
  const std::string path = folder.Write(name, text);
  return RunProcess(
      {"timeout", "-s", "KILL", kSeconds, SCHEMAC_PROGRAM, "diff", "--from", "empty", "--to",
       std::filesystem::path(path).filename(), "--allow", "all", "--up", "up.sql", "--down", "down.sql"},
      {folder.path(), "", {}, false});
}

}  // namespace schemac::testing
