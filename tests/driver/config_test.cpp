#include "compiler/driver/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace schemac {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Parsed {
  std::optional<Config> config;
  std::vector<std::string> messages;
  std::vector<std::string> fixes;
  std::vector<LineColumn> places;
};

Parsed ParseText(const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  Parsed parsed;
  parsed.config = ParseConfig(sources.Add("schemac.toml", text), sources, sink);
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    EXPECT_EQ(diagnostic.kind, DiagnosticKind::Configuration);
    parsed.messages.push_back(diagnostic.message);
    parsed.fixes.push_back(diagnostic.fix);
    parsed.places.push_back(sources.Locate(diagnostic.span.source, diagnostic.span.begin));
  }
  return parsed;
}

TEST(ConfigTest, EmptyFileHasTheDefaults) {
  const Parsed parsed = ParseText("");
  ASSERT_TRUE(parsed.config);
  EXPECT_THAT(parsed.config->model, ElementsAre("schema"));
  EXPECT_EQ(parsed.config->migrations, "migrations");
  EXPECT_EQ(parsed.config->scripts.lock_timeout, "5s");
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
  ASSERT_TRUE(parsed.config);
  EXPECT_THAT(parsed.config->model, ElementsAre("a.schema", "more"));
  EXPECT_EQ(parsed.config->migrations, "db");
  EXPECT_EQ(parsed.config->scripts.ledger_table, "ops.revisions");
  EXPECT_EQ(parsed.config->scripts.lock_timeout, "");
  EXPECT_EQ(parsed.config->scripts.postgres_version, 15);
  EXPECT_EQ(parsed.config->analysis.owner, "app");
}

TEST(ConfigTest, UnknownSettingsAreErrorsWithPlaceAndSuggestion) {
  const Parsed parsed = ParseText("model = \"x\"\nmigratons = \"y\"\n");
  EXPECT_FALSE(parsed.config);
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
  ASSERT_TRUE(parsed.config);
  EXPECT_EQ(parsed.config->scripts.layout, "flyway");
  EXPECT_EQ(parsed.config->scripts.layout_folder, "db/migration");
  EXPECT_EQ(parsed.config->scripts.backfill_batch, 500U);
  EXPECT_TRUE(parsed.config->scripts.online);
  EXPECT_EQ(parsed.config->tenants.schema, "shop");
  EXPECT_EQ(parsed.config->tenants.names.size(), 2U);
  EXPECT_EQ(parsed.config->tenants.canary.size(), 1U);
  EXPECT_EQ(parsed.config->tenants.columns, std::vector<std::string>{"owner_id"});
  EXPECT_FALSE(ParseText("[tenants]\nnames = []\n").config->tenants.columns);
  EXPECT_TRUE(ParseText("[tenants]\ncolumns = []\n").config->tenants.columns->empty());
  EXPECT_EQ(ParseText("layout = \"schemac\"\n").config->scripts.layout, "");
  EXPECT_FALSE(ParseText("layout = \"x\"\n").config);
  EXPECT_FALSE(ParseText("layout_folder = \"x\"\n").config);
  EXPECT_FALSE(ParseText("backfill_batch = -1\n").config);
  EXPECT_FALSE(ParseText("online = \"yes\"\n").config);
  EXPECT_FALSE(ParseText("[tenants]\ncanaries = []\n").config);
}

TEST(ConfigTest, AllMistakesComeOutAtOnce) {
  const Parsed parsed =
      ParseText("model = 3\npostgres_version = 9\nlock_timeout = 5\n[tenants]\nnames = [1]\n");
  EXPECT_FALSE(parsed.config);
  EXPECT_EQ(parsed.messages.size(), 4U);
}

TEST(ConfigTest, BadTomlIsAnError) {
  for (const std::string text : {"model = ", "\xff\xfe", "= 1", "[[[", "a = 1\na = 2", "\"é\" = \"x"}) {
    EXPECT_FALSE(ParseText(text).config) << text;
    EXPECT_FALSE(ParseText(text).messages.empty()) << text;
  }
  EXPECT_FALSE(ParseText("model = []").config);
  EXPECT_FALSE(ParseText("tenants = 1").config);
}

}  // namespace
}  // namespace schemac
