// The run in README.md, run: its commands must print what it shows.
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

// Words parted by blanks; double quotes keep blanks.
std::vector<std::string> SplitWords(const std::string& line) {
  std::vector<std::string> words;
  bool quoted = false;
  bool open = false;
  for (const char byte : line) {
    if (byte == '"') {
      quoted = !quoted;
    } else if (byte == ' ' && !quoted) {
      open = false;
    } else {
      if (!open) words.emplace_back();
      open = true;
      words.back().push_back(byte);
    }
  }
  return words;
}

std::string RunLine(FakeWorld& world, const std::string& line) {
  std::vector<std::string> words = SplitWords(line);
  EXPECT_GE(words.size(), 2U) << line;
  if (words.front() == "cat") return world.files.texts[words[1]];
  EXPECT_EQ(words.front(), "schemac");
  const Outcome outcome = world.Run({words.begin() + 1, words.end()});
  EXPECT_EQ(outcome.exit_code, 0) << line << "\n" << outcome.err;
  return outcome.out;
}

TEST(ReadmeTest, ShowsWhatReallyHappens) {
  std::ifstream file(std::string(SCHEMAC_SOURCE_DIR) + "/README.md");
  ASSERT_TRUE(file);
  FakeWorld world;
  world.files.texts["schemac.toml"] = "";
  std::string shown;
  std::string real;
  std::string model;
  enum class Block { None, Model, Console } block = Block::None;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```schema ")) {
      block = Block::Model;
      model = line.substr(10);
      world.files.texts[model].clear();
    } else if (line == "```console") {
      block = Block::Console;
    } else if (line.starts_with("```")) {
      block = Block::None;
    } else if (block == Block::Model) {
      world.files.texts[model] += line + "\n";
    } else if (block == Block::Console) {
      shown += line + "\n";
      if (line.starts_with("$ ")) real += line + "\n" + RunLine(world, line.substr(2));
    }
  }
  EXPECT_NE(shown, "");
  EXPECT_EQ(shown, real);
}

}  // namespace
}  // namespace schemac
