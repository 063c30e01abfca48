#include "tests/postgres/project.h"

#include <algorithm>
#include <filesystem>

namespace schemac::testing {

void ProjectTest::SetUp() {
  if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  database_ = Server::Shared()->CreateDatabase();
  Put("schemac.toml", "");
  Prepare();
}

std::string ProjectTest::Script(const std::string& revision, const std::string& direction) const {
  return File("migrations/" + revision + "." + direction + ".sql");
}

std::vector<std::string> ProjectTest::FilesIn(const std::string& folder) const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(Path(folder)))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

ProcessResult ProjectTest::Schemac(std::vector<std::string> words) const {
  words.insert(words.begin(), {SCHEMAC_PROGRAM, "-C", folder_.path()});
  return RunProcess(words);
}

std::string ProjectTest::Expect(const std::vector<std::string>& words) const {
  const ProcessResult done = Schemac(words);
  EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
  return done.out;
}

Snapshot ProjectTest::SnapshotAfter(const std::string& script) {
  const std::unique_ptr<Database> other = Server::Shared()->CreateDatabase();
  EXPECT_EQ(other->Run(script), "");
  return other->TakeSnapshot();
}

Snapshot ProjectTest::SnapshotOfModel(const std::string& model) const {
  Put("alone/schemac.toml", "");
  Put("alone/schema/app.schema", model);
  return SnapshotAfter(RunProcess({SCHEMAC_PROGRAM, "-C", Path("alone"), "diff", "--sql"}).out);
}

std::vector<std::string> PartsOfScript(const std::string& script) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < script.size();) {
    const std::size_t mark = script.find("\n-- part ", begin);
    const std::size_t next = mark == std::string::npos ? mark : script.find("\n-- part ", mark + 1);
    parts.push_back(script.substr(begin, next - begin));
    begin = std::min(next, script.size());
  }
  return parts;
}

}  // namespace schemac::testing
