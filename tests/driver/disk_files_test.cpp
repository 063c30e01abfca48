#include "compiler/driver/disk_files.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace schemac {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DiskFilesTest : public ::testing::Test {
 protected:
  DiskFilesTest() {
    std::string pattern = (fs::temp_directory_path() / "schemac-test-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~DiskFilesTest() override {
    std::error_code ignored;
    fs::permissions(root_, fs::perms::owner_all, ignored);
    fs::remove_all(root_, ignored);
  }
  [[nodiscard]] std::string Path(const std::string& name) const { return (root_ / name).string(); }
  [[nodiscard]] std::vector<std::string> Names() const {
    const ErrorOr<std::vector<std::string>> names = files_.List(root_.string());
    EXPECT_TRUE(names.ok());
    return *names;
  }

  fs::path root_;
  DiskFiles files_;
};

TEST_F(DiskFilesTest, WritesAllAndReadsBackByteForByte) {
  const std::string bytes("a\0b\r\n\xff", 6);
  ASSERT_TRUE(files_.WriteAll({{Path("one"), bytes}, {Path("deep/er/two"), ""}}).ok());
  EXPECT_EQ(*files_.Read(Path("one")), bytes);
  EXPECT_EQ(*files_.Read(Path("deep/er/two")), "");
  EXPECT_THAT(Names(), ElementsAre("deep", "one"));
  EXPECT_EQ(files_.KindOf(Path("deep")), Files::Kind::Folder);
  EXPECT_EQ(files_.KindOf(Path("one")), Files::Kind::File);
  EXPECT_EQ(files_.KindOf(Path("none")), Files::Kind::Missing);
}

TEST_F(DiskFilesTest, WhenOneCannotBeWrittenNoneIs) {
  ASSERT_TRUE(files_.WriteAll({{Path("kept"), "old"}}).ok());
  fs::create_directory(root_ / "folder");
  // A folder stands where the last file should go: by then the others are in place.
  const ErrorOr<std::monostate> written =
      files_.WriteAll({{Path("kept"), "new"}, {Path("fresh"), "x"}, {Path("folder"), "y"}});
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().kind, DiagnosticKind::InputOutput);
  EXPECT_THAT(written.error().message, HasSubstr("folder"));
  EXPECT_EQ(*files_.Read(Path("kept")), "old");
  EXPECT_THAT(Names(), ElementsAre("folder", "kept"));
}

TEST_F(DiskFilesTest, AFileInTheWayOfAFolderLeavesNothing) {
  ASSERT_TRUE(files_.WriteAll({{Path("file"), "x"}}).ok());
  EXPECT_FALSE(files_.WriteAll({{Path("a"), "1"}, {Path("file/b"), "2"}}).ok());
  EXPECT_THAT(Names(), ElementsAre("file"));
}

TEST_F(DiskFilesTest, AFullDiskIsAnError) {
  if (!fs::exists("/dev/full")) return;
  const ErrorOr<std::monostate> written = files_.WriteAll({{Path("a"), "1"}, {"/dev/full", "2"}});
  ASSERT_FALSE(written.ok());
  EXPECT_THAT(written.error().message, HasSubstr("No space left"));
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(DiskFilesTest, OverwritingKeepsPermissions) {
  ASSERT_TRUE(files_.WriteAll({{Path("script"), "1"}}).ok());
  fs::permissions(root_ / "script", fs::perms::owner_all);
  ASSERT_TRUE(files_.WriteAll({{Path("script"), "2"}}).ok());
  EXPECT_EQ(fs::status(root_ / "script").permissions(), fs::perms::owner_all);
}

TEST_F(DiskFilesTest, MissingThingsAreErrors) {
  EXPECT_EQ(files_.Read(Path("none")).error().kind, DiagnosticKind::InputOutput);
  EXPECT_FALSE(files_.List(Path("none")).ok());
  EXPECT_FALSE(files_.Enter(Path("none")).ok());
  EXPECT_FALSE(files_.Read(root_.string()).ok());
}

TEST(PathsTest, JoinAndSplit) {
  EXPECT_EQ(JoinPath("", "a"), "a");
  EXPECT_EQ(JoinPath(".", "a"), "a");
  EXPECT_EQ(JoinPath("x/", "a"), "x/a");
  EXPECT_EQ(JoinPath("x", "/a"), "/a");
  EXPECT_EQ(FolderOf("a"), "");
  EXPECT_EQ(FolderOf("/a"), "/");
  EXPECT_EQ(FolderOf("x/y/a"), "x/y");
  EXPECT_EQ(NameOf("x/y/a"), "a");
}

}  // namespace
}  // namespace schemac
