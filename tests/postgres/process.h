// Runs a program and collects what it prints; for tests.
#pragma once

#include <string>
#include <vector>

namespace schemac::testing {

struct ProcessResult {
  int exit_code = -1;  // 128 + signal when killed.
  std::string out;
  std::string err;
};

struct ProcessOptions {
  std::string directory;                 // "" is the current one.
  std::string input;                     // Standard input.
  std::vector<std::string> environment;  // NAME=value, added to ours.
  bool as_postgres = false;              // When root: run as the user `postgres`, as the server demands.
};

ProcessResult RunProcess(const std::vector<std::string>& command, const ProcessOptions& options = {});

// A folder in the system's temporary place, removed with the object. The user postgres can read it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  // Writes a file below the folder and returns its path.
  [[nodiscard]] std::string Write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

// The whole file, or "" when there is none.
std::string ReadFile(const std::string& path);

}  // namespace schemac::testing
