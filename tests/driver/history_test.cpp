#include "compiler/history/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/driver/range.h"

namespace schemac {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class HistoryTest : public ::testing::Test {
 protected:
  void Add(const std::string& id, const std::string& revises) {
    Put(id, "revision " + id + ";\n" + (revises.empty() ? "" : "revises " + revises + ";\n"));
  }
  void Put(const std::string& stem, const std::string& text) {
    files_.push_back({stem, sources_.Add(stem + ".mdiff", text)});
  }
  History Load() { return History::Load(files_, sources_, sink_); }
  static std::vector<std::string> Ids(const History& history, const std::vector<std::size_t>& indexes) {
    std::vector<std::string> ids;
    for (const std::size_t index : indexes) ids.push_back(history.revisions()[index].id);
    return ids;
  }
  // What a point resolves to: an id, "base", or the error's message.
  static std::string Point(const History& history, const std::string& text) {
    const ErrorOr<std::optional<std::size_t>> point = history.Resolve(text);
    if (!point) return "error: " + point.error().message;
    return *point ? history.revisions()[**point].id : "base";
  }
  // "from..to".
  static std::string Ends(const History& history, const std::string& text, const std::string& start) {
    const auto ends = ResolveEnds(history, text, start);
    if (!ends) return "error: " + ends.error().message;
    const auto id = [&](const std::optional<std::size_t>& point) {
      return point ? history.revisions()[*point].id : "base";
    };
    return id(ends->first) + ".." + id(ends->second);
  }
  [[nodiscard]] std::vector<std::string> Messages() const {
    std::vector<std::string> messages;
    for (const Diagnostic& diagnostic : sink_.diagnostics()) {
      EXPECT_EQ(diagnostic.kind, DiagnosticKind::History);
      EXPECT_TRUE(diagnostic.span.IsKnown());
      messages.push_back(diagnostic.message);
    }
    return messages;
  }

  Sources sources_;
  std::vector<RevisionFile> files_;
  DiagnosticSink sink_;
};

TEST_F(HistoryTest, EmptyHistory) {
  const History history = Load();
  EXPECT_EQ(Point(history, "head"), "base");
  EXPECT_EQ(Point(history, "base"), "base");
  EXPECT_EQ(history.NextNumber(), "0001");
  EXPECT_TRUE(history.Heads().empty());
}

TEST_F(HistoryTest, ResolvesTheEndsOfRanges) {
  Add("0001_a", "");
  Add("0002_b", "0001_a");
  Add("0003_c", "0002_b");
  const History history = Load();
  EXPECT_EQ(Ends(history, "0001:0002", "base"), "0001_a..0002_b");
  EXPECT_EQ(Ends(history, "0002", "base"), "base..0002_b");
  EXPECT_EQ(Ends(history, "0001:+1", "base"), "0001_a..0002_b");
  EXPECT_EQ(Ends(history, "0002:", "base"), "0002_b..0003_c");
  EXPECT_EQ(Ends(history, ":0002", "base"), "base..0002_b");
  EXPECT_EQ(Ends(history, ":", "base"), "base..0003_c");
  EXPECT_EQ(Ends(history, ":+2", "base"), "base..0002_b");
  EXPECT_EQ(Ends(history, "0002:", "head"), "0002_b..base");
  EXPECT_EQ(Ends(history, ":0002", "head"), "0003_c..0002_b");
  EXPECT_EQ(Ends(history, ":-2", "head"), "0003_c..0001_a");
  EXPECT_EQ(Ends(history, "", "base"), "error: no revision \"\"");
}

TEST_F(HistoryTest, ResolvesPoints) {
  Add("0003_c", "0002_b");
  Add("0001_a", "");
  Add("0002_b", "0001_a");
  const History history = Load();
  EXPECT_THAT(Messages(), ElementsAre());
  EXPECT_EQ(Point(history, "head"), "0003_c");
  EXPECT_EQ(Point(history, "head-1"), "0002_b");
  EXPECT_EQ(Point(history, "-3"), "base");
  EXPECT_EQ(Point(history, "+2"), "0002_b");
  EXPECT_EQ(Point(history, "0001+1"), "0002_b");
  EXPECT_EQ(Point(history, "0002"), "0002_b");
  EXPECT_THAT(Point(history, "+4"), HasSubstr("beyond the head"));
  EXPECT_THAT(Point(history, "-4"), HasSubstr("beyond the base"));
  EXPECT_THAT(Point(history, "000"), HasSubstr("may be 0001_a or 0002_b or 0003_c"));
  EXPECT_THAT(Point(history, "zzz"), HasSubstr("no revision \"zzz\""));
  EXPECT_THAT(Point(history, ""), HasSubstr("no revision"));
  EXPECT_THAT(Point(history, "head+99999999999999999999"), HasSubstr("no revision"));
  EXPECT_EQ(history.NextNumber(), "0004");
  EXPECT_THAT(Ids(history, *history.Path(std::nullopt, 2)), ElementsAre("0001_a", "0002_b", "0003_c"));
  EXPECT_THAT(Ids(history, *history.Path(0, 2)), ElementsAre("0002_b", "0003_c"));
  EXPECT_FALSE(history.Path(2, 0).ok());
}

TEST_F(HistoryTest, SeveralHeadsAreToldNotGuessed) {
  Add("0001_a", "");
  Add("0002_b", "0001_a");
  Add("0002_c", "0001_a");
  const History history = Load();
  EXPECT_THAT(Ids(history, history.Heads()), ElementsAre("0002_b", "0002_c"));
  EXPECT_THAT(Point(history, "head"), HasSubstr("2 heads: 0002_b, 0002_c"));
  EXPECT_EQ(Point(history, "0002_b-1"), "0001_a");
}

TEST_F(HistoryTest, MergesBringBranchesTogether) {
  Add("0001_a", "");
  Add("0002_b", "0001_a");
  Add("0002_c", "0001_a");
  Add("0003_d", "0002_c");
  Add("0004_m", "0003_d, 0002_b");
  Add("0005_e", "0004_m");
  const History history = Load();
  EXPECT_THAT(Messages(), ElementsAre());
  const auto path = [&](const std::string& from, const std::string& to) {
    const ErrorOr<RevisionPath> found = history.Path(*history.Resolve(from), *history.Resolve(to));
    return found ? Ids(history, *found) : std::vector<std::string>{"error: " + found.error().message};
  };
  // What a merge names first comes first.
  EXPECT_THAT(path("base", "head"), ElementsAre("0001_a", "0002_c", "0003_d", "0002_b", "0004_m", "0005_e"));
  EXPECT_THAT(path("0002_b", "head"), ElementsAre("0002_c", "0003_d", "0004_m", "0005_e"));
  EXPECT_THAT(path("0003_d", "0004_m"), ElementsAre("0002_b", "0004_m"));
  EXPECT_THAT(path("0002_b", "0003_d"), ElementsAre(HasSubstr("does not build on")));
  EXPECT_EQ(Point(history, "head-1"), "0004_m");
  EXPECT_THAT(Point(history, "head-2"), HasSubstr("may lead to 0003_d or 0002_b"));
  EXPECT_THAT(Point(history, "0001+1"), HasSubstr("may lead to 0002_b or 0002_c"));
  EXPECT_EQ(Point(history, "0002_b+2"), "0005_e");
  EXPECT_TRUE(history.IsChain(*history.Resolve("0004_m"), {5}));
  EXPECT_FALSE(history.IsChain(*history.Resolve("0003_d"), *history.Path(*history.Resolve("0003_d"), 4)));
}

TEST_F(HistoryTest, MissingParentsCirclesAndDuplicatesAreDiagnostics) {
  Add("0001_a", "0003_c");
  Add("0002_b", "0001_a");
  Add("0003_c", "0002_b");
  Add("0004_d", "0003_x");
  Put("0005_e", "revision 0005_other;\n");
  Put("0006_f", "table t { a int; }\n");
  const History history = Load();
  const std::vector<std::string> messages = Messages();
  EXPECT_THAT(messages, ::testing::Contains(HasSubstr("circle")));
  EXPECT_THAT(messages, ::testing::Contains(HasSubstr("no revision \"0003_x\"")));
  EXPECT_THAT(messages, ::testing::Contains(HasSubstr("its file \"0005_e\"")));
  EXPECT_THAT(messages, ::testing::Contains(HasSubstr("does not begin with \"revision\"")));
}

TEST_F(HistoryTest, HashesAreNoNumbers) {
  Add("d6d022bcff3b", "");
  Add("003", "d6d022bcff3b");
  const History history = Load();
  EXPECT_THAT(Messages(), ElementsAre());
  EXPECT_EQ(history.NextNumber(), "0004");
  EXPECT_EQ(Point(history, "d6d"), "d6d022bcff3b");
}

}  // namespace
}  // namespace schemac
