// Input that nobody means well with: an error or a tree, in little time, and never a crash.
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/format/format.h"
#include "tests/parse/parsed.h"

namespace schemac {
namespace {

using ::testing::HasSubstr;

std::string Repeat(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t index = 0; index < times; ++index) result += text;
  return result;
}

TEST(HostileInput, DeepNesting) {
  const std::vector<std::string> samples = {
      "table t { a int default " + Repeat("(", 100'000) + "1" + Repeat(")", 100'000) + "; }",
      "view v as select " + Repeat("(", 100'000),
      "table t { a jsonb default " + Repeat("[", 100'000),
      "table t { a jsonb default " + Repeat("{\"a\":", 100'000),
      Repeat("{", 1'000'000),
      "function f() returns int begin atomic select " + Repeat("case ", 100'000) + "; end;",
      "table t { rule r as on insert do also " + Repeat("(", 100'000),
  };
  for (const std::string& sample : samples) {
    EXPECT_THAT(Parsed(sample).Messages(), HasSubstr("nested more than 200 deep")) << sample.substr(0, 60);
  }
  EXPECT_EQ(Parsed("table t { a int default " + Repeat("(", 150) + "1" + Repeat(")", 150) + "; }").Messages(),
            "");
}

TEST(HostileInput, LongOnes) {
  EXPECT_TRUE(Parsed(Repeat("a", 2'000'000)).HasErrors());
  EXPECT_THAT(Parsed(Repeat(" ", 50'000'000)).Messages(), HasSubstr("no schema"));
  EXPECT_TRUE(Parsed(Repeat("/*", 1'000'000)).HasErrors());
  EXPECT_TRUE(Parsed(Repeat("'", 1'000'001)).HasErrors());
  EXPECT_TRUE(Parsed(Repeat("$a$ $b$ ", 100'001)).HasErrors());
  EXPECT_TRUE(Parsed(Repeat(";", 200'000)).HasErrors());
  EXPECT_EQ(Parsed("enum e { " + Repeat("a, ", 50'000) + "b }").Messages(), "");
  EXPECT_EQ(Parsed("table t { " + Repeat("a int default 1;\n", 10'000) + "}").Messages(), "");
  EXPECT_EQ(Parsed("view v as select " + Repeat("a.", 100'000) + "b;").Messages(), "");
}

TEST(HostileInput, NothingAtAll) {
  for (const char* text : {"", "\xEF\xBB\xBF", " \n\t", "-- only", "/* only */", "---"}) {
    const Parsed parsed(text);
    EXPECT_FALSE(parsed.HasErrors()) << text;
    EXPECT_TRUE(parsed.file().items.empty());
  }
}

// Cuts, swaps and repeats of a sample: whatever comes out parses or gives errors, and what parses can be laid
// out.
TEST(HostileInput, Mutations) {
  const std::string sample =
      "schema a;\nenum e { x, 'y' was z }\n--- doc\ntable t with (a = 1) with m {\n  a int not null default "
      "'x'::text;\n"
      "  b jsonb default {\"k\": [1]};\n  unique (a) include (b);\n  index i using gin (lower(a) ops desc) "
      "where a > 0;\n"
      "  trigger g before update of a for each row execute f();\n}\nseed t key (a) { { a: 1, b: {} }; }\n"
      "function f() returns int language sql as $$ select 1; $$;\nraw \"r\" { up $$ $$ down '' }\n";
  constexpr unsigned kSeed = 20261;
  std::mt19937 random(kSeed);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  for (int round = 0; round < 1500; ++round) {
    std::string text = below(4) == 0 ? "revision 1;\nalter table t { add " + sample + "}" : sample;
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
      const std::size_t from = below(text.size());
      const std::size_t length = 1 + below(8);
      switch (below(3)) {
        case 0:
          text.erase(from, length);
          break;
        case 1:
          text.insert(below(text.size()), text.substr(from, length));
          break;
        default:
          text[from] = "{}()[];,'\"$-/* :="[below(17)];
          break;
      }
      if (text.empty()) text = ";";
    }
    Sources sources;
    DiagnosticSink sink;
    const SourceId source = sources.Add("mutation", text);
    Parse(source, sources, sink);
    DiagnosticSink again;
    const auto formatted = Format(source, sources, again);
    ASSERT_EQ(formatted.has_value(), !again.HasErrors()) << "seed " << kSeed << ", round " << round << "\n"
                                                         << text;
    if (!formatted) continue;
    const SourceId second = sources.Add("formatted", *formatted);
    const auto twice = Format(second, sources, again);
    ASSERT_EQ(twice, formatted) << "seed " << kSeed << ", round " << round << "\n" << text;
  }
}

}  // namespace
}  // namespace schemac
