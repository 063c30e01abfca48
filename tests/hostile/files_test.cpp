// Folders, disks and streams that do not take what is written, through the program: an error and exit code 1,
// all three files of a revision or none, and what stood there before as it was.
#include <filesystem>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/postgres/process.h"

namespace schemac::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

using Contents = std::map<std::string, std::string>;  // By name.

// A project with one revision and a model that is ahead of it. The program is copied into it: the user
// without rights, as whom it runs when the tests run as root, may not reach the build folder.
class UnwillingDiskTest : public ::testing::Test {
 protected:
  UnwillingDiskTest() {
    fs::copy_file(SCHEMAC_PROGRAM, folder_.path() + "/schemac");
    Put("schemac.toml", "");
    Put("schema/app.schema", "table t { a int; }\n");
    EXPECT_EQ(Shell("./schemac diff").exit_code, 0);
    Put("schema/app.schema", "table t { a int; b text; }\n");
    for (const char* name : {"schemac.toml", "schema", "schema/app.schema", "migrations"}) Restore(name);
    before_ = Migrations();
    EXPECT_EQ(before_.size(), 4U);  // Three files of the revision, and the name of the head.
  }
  ~UnwillingDiskTest() override {
    for (const char* name : {"schemac.toml", "schema", "schema/app.schema", "migrations"}) Restore(name);
  }
  void Put(const std::string& name, const std::string& text) const {
    static_cast<void>(folder_.Write(name, text));
  }
  // As a user who is bound by permissions.
  [[nodiscard]] ProcessResult Shell(const std::string& command) const {
    return RunProcess({"timeout", "60", "sh", "-c", command}, {folder_.path(), "", {}, true});
  }
  [[nodiscard]] Contents Migrations() const {
    Contents contents;
    for (const auto& entry : fs::directory_iterator(folder_.path() + "/migrations"))
      contents[entry.path().filename().string()] = ReadFile(entry.path().string());
    return contents;
  }
  void Forbid(const std::string& name, fs::perms kept) const {
    fs::permissions(folder_.path() + "/" + name, kept);
  }
  void Restore(const std::string& name) const { Forbid(name, fs::perms::all); }
  // An error about the file or folder, and nothing changed.
  void ExpectRefused(const ProcessResult& result, const std::string& words) const {
    EXPECT_EQ(result.exit_code, 1) << result.err;
    EXPECT_THAT(result.err, AllOf(HasSubstr("error: "), HasSubstr(words), HasSubstr("[io]")));
    EXPECT_EQ(Migrations(), before_);
  }

  TemporaryFolder folder_;
  Contents before_;
};

TEST_F(UnwillingDiskTest, AFolderThatMayNotBeWritten) {
  Forbid("migrations",
         fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
  ExpectRefused(Shell("./schemac diff"), "cannot write \"migrations/0002_add_b_to_t.mdiff\"");
  ExpectRefused(Shell("./schemac revision -m other"), "cannot write \"migrations/0002_other.mdiff\"");
}

TEST_F(UnwillingDiskTest, RewritingARevisionInAFolderThatMayNotBeWritten) {
  Put("migrations/0001_initial.up.sql", "-- outdated\n");
  before_ = Migrations();
  Forbid("migrations",
         fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
  ExpectRefused(Shell("./schemac compile --force"), "cannot write \"migrations/0001_initial.");
}

TEST_F(UnwillingDiskTest, FilesAndFoldersThatMayNotBeRead) {
  for (const std::string name : {"schemac.toml", "schema/app.schema", "schema"}) {
    SCOPED_TRACE(name);
    Forbid(name, fs::perms::none);
    ExpectRefused(Shell("./schemac diff"), "\"" + name + "\": Permission denied");
    Restore(name);
  }
  Forbid("migrations", fs::perms::none);
  const ProcessResult result = Shell("./schemac diff");
  Restore("migrations");
  ExpectRefused(result, "\"migrations\": Permission denied");
}

// A file may grow to so many blocks of 512 bytes: none of the three fits, then the first, then two.
TEST_F(UnwillingDiskTest, ADiskThatIsFullAtAnyPoint) {
  std::size_t refused = 0;
  for (int blocks = 0; blocks < 8; ++blocks) {
    SCOPED_TRACE(blocks);
    const ProcessResult result = Shell("ulimit -f " + std::to_string(blocks) + "; ./schemac diff");
    if (result.exit_code == 0) break;
    ++refused;
    ExpectRefused(result, "File too large");
  }
  EXPECT_GE(refused, 2U);
  EXPECT_EQ(Migrations().size(), 7U);
}

// Links to files of others are forbidden on many machines; what stood there is kept all the same.
TEST_F(UnwillingDiskTest, WhatStoodThereComesBackWhenTheSecondFileCannotBeWritten) {
  Put("out/up.sql", "former");
  fs::permissions(folder_.path() + "/out", fs::perms::all);
  fs::create_directory(folder_.path() + "/out/down.sql");
  ExpectRefused(Shell("./schemac diff --from empty --to schema --up out/up.sql --down out/down.sql"),
                "cannot write \"out/down.sql\"");
  EXPECT_EQ(ReadFile(folder_.path() + "/out/up.sql"), "former");
  const fs::directory_iterator left(folder_.path() + "/out");
  EXPECT_EQ(std::distance(left, fs::directory_iterator()), 2);
}

TEST_F(UnwillingDiskTest, StandardOutputThatTakesNothing) {
  for (const std::string command : {"./schemac diff --sql", "./schemac show --sql", "./schemac --help"}) {
    for (const std::string redirection : {">/dev/full", ">&-", ">&- <&-"}) {
      SCOPED_TRACE(command + redirection);
      const ProcessResult result = Shell(command + " " + redirection);
      EXPECT_EQ(result.exit_code, 1);
      EXPECT_EQ(result.err, "schemac: error: cannot write to standard output [io]\n");
    }
    // The reader is gone before the first byte comes.
    const ProcessResult result =
        Shell("rm -f code; (sleep 0.2; " + command + "; echo $? > code) | true; cat code");
    EXPECT_EQ(result.out, "1\n") << command;
    EXPECT_EQ(result.err, "schemac: error: cannot write to standard output [io]\n");
  }
  EXPECT_EQ(Shell("./schemac nope 2>&-").exit_code, 1);
}

// What is told on a closed stream must not end up in a file that is opened meanwhile.
TEST_F(UnwillingDiskTest, ClosedStreamsDoNotSpoilTheFiles) {
  EXPECT_EQ(Shell("./schemac diff").exit_code, 0);
  const Contents good = Migrations();
  for (const std::string closed : {">&-", "2>&-", "<&- >&- 2>&-"}) {
    SCOPED_TRACE(closed);
    for (const auto& [name, text] : good) {
      if (!before_.contains(name)) fs::remove(folder_.path() + "/migrations/" + name);
    }
    static_cast<void>(Shell("./schemac diff " + closed));
    EXPECT_EQ(Migrations(), good);
  }
}

}  // namespace
}  // namespace schemac::testing
