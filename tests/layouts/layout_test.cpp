// The files for other tools, on PostgreSQL: run as each tool runs them, all the way up and down again; and
// the books of those tools after a script was run by hand.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/layouts/layout_project.h"

namespace schemac::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// What a tool hands to the server at once.
struct Sent {
  std::string text;
  bool as_one = true;  // As one string; else statement by statement.
};

std::string Cut(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string::npos) return "";
  const std::size_t end = to.empty() ? std::string::npos : text.find(to, begin);
  return text.substr(begin, end == std::string::npos ? end : end - begin);
}

class LayoutTest : public LayoutProject, public ::testing::WithParamInterface<std::string> {
 protected:
  // File names of the exported folder that end so, sorted.
  [[nodiscard]] std::vector<std::string> Names(const std::string& folder, const std::string& suffix) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(Path(folder))) {
      const std::string name = entry.path().string();
      if (name.ends_with(suffix)) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  // What the tool would run, in its order.
  [[nodiscard]] std::vector<Sent> Runs(const std::string& folder, bool down) const {
    const std::string& layout = GetParam();
    const bool pairs = layout == "golang-migrate" || layout == "rails";
    std::vector<Sent> runs;
    for (const std::string& path : Names(folder, pairs ? (down ? ".down.sql" : ".up.sql") : ".sql")) {
      const std::string name = fs::path(path).filename().string();
      const std::string text = ReadFile(path);
      EXPECT_FALSE(text.empty()) << path;
      if (layout == "plain" && name.ends_with(".down.sql") != down) continue;
      if (layout == "flyway" && name.front() != (down ? 'U' : 'V')) continue;
      runs.push_back(SentOf(path, text, down));
    }
    if (down) std::reverse(runs.begin(), runs.end());
    return runs;
  }
  [[nodiscard]] static Sent SentOf(const std::string& path, const std::string& text, bool down) {
    const std::string& layout = GetParam();
    if (layout == "plain") return {text, false};
    if (layout == "flyway") {
      const std::string settings = ReadFile(path + ".conf");
      EXPECT_EQ(text.find("${") != std::string::npos,
                settings.find("placeholderReplacement=false") != std::string::npos);
      if (settings.find("executeInTransaction=false") != std::string::npos) return {text, false};
      return {"BEGIN;\n" + text + "\nCOMMIT;"};
    }
    if (layout == "goose") {
      const std::string part =
          down ? Cut(text, "-- +goose Down", "") : Cut(text, "-- +goose Up", "-- +goose Down");
      EXPECT_FALSE(part.empty());
      const bool apart = text.starts_with("-- +goose NO TRANSACTION\n");
      return {apart ? part : "BEGIN;\n" + part + "\nCOMMIT;", !apart};
    }
    if (layout == "dbmate") {
      const std::string part =
          down ? Cut(text, "-- migrate:down", "") : Cut(text, "-- migrate:up", "-- migrate:down");
      EXPECT_FALSE(part.empty());
      const bool apart = part.substr(0, part.find('\n')).find(" transaction:false") != std::string::npos;
      return {apart ? part : "BEGIN;\n" + part + "\nCOMMIT;"};
    }
    return {text};
  }
  void RunAll(const std::vector<Sent>& runs) {
    for (const Sent& run : runs)
      ASSERT_EQ(run.as_one ? database_->RunAsOne(run.text) : database_->Run(run.text), "") << run.text;
  }
};

TEST_P(LayoutTest, RunsUpAndDownAsTheToolRunsIt) {
  const std::string& layout = GetParam();
  MakeProject("");
  Expect({"export", "--layout", layout, "--out", Path("out")});
  const Snapshot empty = WithoutBooks(database_->TakeSnapshot());
  RunAll(Runs("out", false));
  EXPECT_EQ(Difference(Wanted(), WithoutBooks(database_->TakeSnapshot())), "");
  if (layout == "supabase") return;  // Knows no way down.
  RunAll(Runs("out", true));
  EXPECT_EQ(Difference(empty, WithoutBooks(database_->TakeSnapshot())), "");
}

TEST_P(LayoutTest, KeepsItsFilesAndItsBooks) {
  const std::string& layout = GetParam();
  MakeProject("layout = \"" + layout + "\"\nlayout_folder = \"out\"\n");
  EXPECT_EQ(Schemac({"check"}).out, "all is well: 3 revisions, proved up and down\n");
  const auto count = [&] {
    return layout == "plain"
               ? "0"
               : Trimmed(database_->Query(
                     layout == "supabase" ? "SELECT count(*) FROM supabase_migrations.schema_migrations"
                     : layout == "flyway" ? "SELECT count(*) FROM flyway_schema_history WHERE success"
                     : layout == "goose"  ? "SELECT count(*) - 1 FROM goose_db_version"
                                          : "SELECT count(*) FROM schema_migrations"));
  };
  ASSERT_EQ(database_->Run(Schemac({"upgrade", "--sql"}).out), "");
  const std::string suffix = layout == "rails" ? ".rb" : layout == "golang-migrate" ? ".up.sql" : ".sql";
  std::vector<std::string> names = Names("out", suffix);
  std::erase_if(names, [](const std::string& name) { return name.find("/U") != std::string::npos; });
  const std::size_t files = layout == "golang-migrate" ? 1 : layout == "plain" ? 0 : names.size();
  EXPECT_EQ(count(), std::to_string(files));
  if (layout == "golang-migrate") {
    EXPECT_EQ(database_->Query("SELECT version, dirty FROM schema_migrations"), "300|f\n");
  }
  ASSERT_EQ(database_->Run(Schemac({"downgrade", "base", "--sql"}).out), "");
  EXPECT_EQ(count(), "0");
  const std::string pasted = Schemac({"upgrade", "--sql", "--idempotent"}).out;
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(database_->Run(pasted), "");
    EXPECT_EQ(count(), std::to_string(files));
  }
  // A file that somebody edited is theirs.
  const std::string edited = Names("out", ".sql").front();
  static_cast<void>(
      folder_.Write(edited.substr(folder_.path().size() + 1), ReadFile(edited) + "select 1;\n"));
  EXPECT_EQ(Schemac({"check"}).exit_code, 2);
  EXPECT_THAT(Schemac({"export"}).err, HasSubstr("was edited after it was written"));
  Expect({"export", "--force"});
  EXPECT_EQ(Schemac({"check"}).exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(Tools, LayoutTest,
                         ::testing::Values("dbmate", "flyway", "golang-migrate", "goose", "plain", "rails",
                                           "supabase"),
                         TestNameOf);

}  // namespace
}  // namespace schemac::testing
