#include "compiler/driver/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/parsed_settings.h"

namespace schemac {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Parsed = ParsedSettings<Config>;

Parsed ParseText(const std::string& text) { return ParseSettings(&ParseConfig, text); }

TEST(ConfigTest, EmptyFileHasTheDefaults) {
  const Parsed parsed = ParseText("");
  ASSERT_TRUE(parsed.settings);
  EXPECT_THAT(parsed.settings->model, ElementsAre("schema"));
  EXPECT_EQ(parsed.settings->migrations, "migrations");
  EXPECT_EQ(parsed.settings->scripts.lock_timeout, "5s");
}

TEST(ConfigTest, ReadsEverySetting) {
  const Parsed parsed = ParseText(R"(
model = ["a.schema", "more"]
migrations = "db"
ledger_table = "ops.revisions"
lock_timeout = ""
owner = "app"
postgres_version = 15
)");
  ASSERT_TRUE(parsed.settings);
  EXPECT_THAT(parsed.settings->model, ElementsAre("a.schema", "more"));
  EXPECT_EQ(parsed.settings->migrations, "db");
  EXPECT_EQ(parsed.settings->scripts.ledger_table, "ops.revisions");
  EXPECT_EQ(parsed.settings->scripts.lock_timeout, "");
  EXPECT_EQ(parsed.settings->scripts.postgres_version, 15);
  EXPECT_EQ(parsed.settings->analysis.owner, "app");
}

TEST(ConfigTest, UnknownSettingsAreErrorsWithPlaceAndSuggestion) {
  const Parsed parsed = ParseText("model = \"x\"\nmigratons = \"y\"\n");
  EXPECT_FALSE(parsed.settings);
  ASSERT_EQ(parsed.messages.size(), 1U);
  EXPECT_THAT(parsed.messages[0], HasSubstr("\"migratons\""));
  EXPECT_THAT(parsed.fixes[0], HasSubstr("\"migrations\""));
  EXPECT_EQ(parsed.places[0].line, 2U);
  EXPECT_EQ(parsed.places[0].column, 1U);
}

TEST(ConfigTest, LayoutTenantsAndBatches) {
  const Parsed parsed = ParseText(
      "layout = \"flyway\"\nbackfill_batch = 500\nonline = true\n[tenants]\nschema = \"shop\"\nfile = "
      "\"t.txt\"\n"
      "names = [\"a\", \"b\"]\ncanary = \"a\"\ncolumns = [\"owner_id\"]\n");
  ASSERT_TRUE(parsed.settings);
  EXPECT_EQ(parsed.settings->scripts.layout, "flyway");
  EXPECT_EQ(parsed.settings->scripts.layout_folder, "db/migration");
  EXPECT_EQ(parsed.settings->scripts.backfill_batch, 500U);
  EXPECT_TRUE(parsed.settings->scripts.online);
  EXPECT_EQ(parsed.settings->tenants.schema, "shop");
  EXPECT_EQ(parsed.settings->tenants.names.size(), 2U);
  EXPECT_EQ(parsed.settings->tenants.canary.size(), 1U);
  EXPECT_EQ(parsed.settings->tenants.columns, std::vector<std::string>{"owner_id"});
  EXPECT_FALSE(ParseText("[tenants]\nnames = []\n").settings->tenants.columns);
  EXPECT_TRUE(ParseText("[tenants]\ncolumns = []\n").settings->tenants.columns->empty());
  EXPECT_EQ(ParseText("layout = \"schemac\"\n").settings->scripts.layout, "");
  EXPECT_FALSE(ParseText("layout = \"x\"\n").settings);
  EXPECT_FALSE(ParseText("layout_folder = \"x\"\n").settings);
  EXPECT_FALSE(ParseText("backfill_batch = -1\n").settings);
  EXPECT_FALSE(ParseText("online = \"yes\"\n").settings);
  EXPECT_FALSE(ParseText("[tenants]\ncanaries = []\n").settings);
}

TEST(ConfigTest, AllMistakesComeOutAtOnce) {
  const Parsed parsed =
      ParseText("model = 3\npostgres_version = 9\nlock_timeout = 5\n[tenants]\nnames = [1]\n");
  EXPECT_FALSE(parsed.settings);
  EXPECT_EQ(parsed.messages.size(), 4U);
}

TEST(ConfigTest, BadTomlIsAnError) {
  for (const std::string text : {"model = ", "\xff\xfe", "= 1", "[[[", "a = 1\na = 2", "\"é\" = \"x"}) {
    EXPECT_FALSE(ParseText(text).settings) << text;
    EXPECT_FALSE(ParseText(text).messages.empty()) << text;
  }
  EXPECT_FALSE(ParseText("model = []").settings);
  EXPECT_FALSE(ParseText("tenants = 1").settings);
}

}  // namespace
}  // namespace schemac
