// A project in a temporary folder, the program to run on it, and a database beside; for tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/postgres/process.h"
#include "tests/postgres/server.h"

namespace schemac::testing {

// Skipped where there is no PostgreSQL.
class ProjectTest : public ::testing::Test {
 protected:
  void SetUp() final;
  // Makes what the tests of a fixture begin with: the project with its revisions.
  virtual void Prepare() {}

  // Below the project's folder.
  [[nodiscard]] std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  // Writes a file and returns its path.
  std::string Put(const std::string& name, const std::string& text) const {
    return folder_.Write(name, text);
  }
  [[nodiscard]] std::string File(const std::string& name) const { return ReadFile(Path(name)); }
  // The script of a revision, as `up` or `down`.
  [[nodiscard]] std::string Script(const std::string& revision, const std::string& direction) const;
  // The files of a folder, by name.
  [[nodiscard]] std::vector<std::string> FilesIn(const std::string& folder) const;

  [[nodiscard]] ProcessResult Schemac(std::vector<std::string> words) const;
  // What it prints; a failure of the test when it fails.
  std::string Expect(const std::vector<std::string>& words) const;
  // What a fresh database has after a script.
  [[nodiscard]] static Snapshot SnapshotAfter(const std::string& script);
  // What a database has that is made of this model alone.
  [[nodiscard]] Snapshot SnapshotOfModel(const std::string& model) const;

  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;  // Fresh.
};

// A script cut where its parts begin; what stands before the first one goes with it.
std::vector<std::string> PartsOfScript(const std::string& script);

}  // namespace schemac::testing
