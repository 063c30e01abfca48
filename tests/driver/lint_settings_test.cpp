#include "compiler/driver/lint_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/parsed_settings.h"

namespace schemac {
namespace {

using ::testing::ElementsAre;

using Parsed = ParsedSettings<LintSettings>;

Parsed ParseText(const std::string& text) { return ParseSettings(&ReadLintSettings, text); }

TEST(LintSettingsTest, ReadsHowThingsAreCalled) {
  const Parsed parsed = ParseText(R"(
[lint]
enable = "implicit-name"
disable = ["prefer-text"]
[lint.naming]
match = '^[a-z_]+$'
message = "small"
index = '_idx$'
table = { match = 's$', message = "plural" }
)");
  ASSERT_TRUE(parsed.settings);
  const LintSettings& lint = *parsed.settings;
  EXPECT_THAT(lint.enabled, ElementsAre("implicit-name"));
  EXPECT_THAT(lint.disabled, ElementsAre("prefer-text"));
  ASSERT_TRUE(lint.naming);
  EXPECT_EQ(lint.naming->Of(lint::NamedKind::Column)->message, "small");
  EXPECT_EQ(lint.naming->Of(lint::NamedKind::Index)->pattern.text(), "_idx$");
  EXPECT_EQ(lint.naming->Of(lint::NamedKind::Table)->message, "plural");
}

TEST(LintSettingsTest, BadPatternsAndRulesHaveTheirPlace) {
  const Parsed parsed = ParseText(R"([lint]
enable = "implicit-nam"
[lint.naming]
tabel = 'a'
table = '(a'
column = { message = "m" }
index = 7
message = "alone"
)");
  EXPECT_FALSE(parsed.settings);
  EXPECT_THAT(parsed.messages,
              ElementsAre("no rule \"implicit-nam\"", "no setting \"tabel\" in [lint.naming]",
                          "\"message\" without \"match\"", "\"column\" has no \"match\"",
                          "\"index\" must be a regular expression, as a string",
                          "\"table\" is no regular expression: missing ): (a"));
  EXPECT_EQ(parsed.fixes[0], "did you mean \"implicit-name\"?");
  EXPECT_EQ(parsed.fixes[1], "did you mean \"table\"?");
  EXPECT_EQ(parsed.places[5].line, 5U);
  EXPECT_EQ(parsed.places[5].column, 9U);
}

}  // namespace
}  // namespace schemac
