// Every example of docs/language.md, compiled: a model into the SQL that makes it and takes it away, a model
// diff into the SQL of its revision, over the state that its hidden block `schema before` describes. Both are
// proved on the way.
#include <gtest/gtest.h>

#include "tests/driver/fake_world.h"
#include "tests/parse/samples.h"

namespace schemac {
namespace {

// The id behind the word, as the header of a model diff gives it: "0002_b" of "revises  0002_b;".
std::string IdAfter(const std::string& word, const std::string& text) {
  const std::size_t at = text.find("\n" + word + " ");
  if (at == std::string::npos) return "";
  const std::size_t begin = text.find_first_not_of(' ', at + 1 + word.size());
  return text.substr(begin, text.find(';', begin) - begin);
}

TEST(LanguageReference, ModelsCompile) {
  for (const Sample& sample : Samples()) {
    if (sample.kind != Sample::Kind::Model) continue;
    FakeWorld world;
    world.files.texts["a.schema"] = sample.text;
    const Outcome outcome = world.Run({"diff", "--from", "empty", "--to", "a.schema"});
    EXPECT_EQ(outcome.exit_code, 0) << sample.text << outcome.err;
    EXPECT_NE(outcome.out, "");
  }
}

TEST(LanguageReference, ModelDiffsCompile) {
  for (const Sample& sample : Samples()) {
    if (sample.kind != Sample::Kind::ModelDiff) continue;
    SCOPED_TRACE(sample.text);
    const std::string id = IdAfter("revision", "\n" + sample.text);
    const std::string parent = IdAfter("revises", sample.text);
    FakeWorld world;
    world.Project(sample.before);
    const Outcome before = world.Run({"diff", "--id", parent, "-m", "before"});
    ASSERT_EQ(before.exit_code, 0) << before.err;
    world.files.texts["migrations/" + id + ".mdiff"] = sample.text;
    const Outcome outcome = world.Run({"compile", id});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_NE(world.files.texts["migrations/" + id + ".up.sql"], "");
  }
}

}  // namespace
}  // namespace schemac
