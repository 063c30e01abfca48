// A project of three revisions, to be run by the tools whose files it is written as.
#pragma once

#include <string>
#include <vector>

#include "tests/postgres/project.h"

namespace schemac::testing {

// A snapshot without the tables in which tools note what is applied.
Snapshot WithoutBooks(Snapshot snapshot);

// What the tests of a layout are called after it: "golangmigrate".
std::string TestNameOf(const ::testing::TestParamInfo<std::string>& layout);

class LayoutProject : public ProjectTest {
 protected:
  void MakeProject(const std::string& settings);
  // What the revisions lead to.
  [[nodiscard]] Snapshot Wanted() const;
  // Runs a tool on the database.
  ProcessResult Tool(const std::vector<std::string>& words, const std::string& directory);
  static std::string Trimmed(std::string text);
};

}  // namespace schemac::testing
