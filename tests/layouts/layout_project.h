// A project of three revisions, to be run by the tools whose files it is written as.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/postgres/process.h"
#include "tests/postgres/server.h"

namespace schemac::testing {

// A snapshot without the tables in which tools note what is applied.
Snapshot WithoutBooks(Snapshot snapshot);

class LayoutProject : public ::testing::Test {
 protected:
  void SetUp() override;
  void MakeProject(const std::string& settings);
  [[nodiscard]] std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  void Put(const std::string& name, const std::string& text) const;
  [[nodiscard]] ProcessResult Schemac(std::vector<std::string> words) const;
  void Expect(const std::vector<std::string>& words) const;
  // What the revisions lead to.
  [[nodiscard]] Snapshot Wanted() const;
  // Runs a tool on the database.
  ProcessResult Tool(const std::vector<std::string>& words, const std::string& directory);
  static std::string Trimmed(std::string text);

  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
};

}  // namespace schemac::testing
