// `history --tenants`: what the answer to the catalog query tells of revisions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

using ::testing::HasSubstr;

class TenantHistoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    world_.Project("schema shop template;\ntable shop.t { id bigint primary key; }\n");
    ASSERT_EQ(world_.Run({"diff", "-m", "first"}).exit_code, 0);
    world_.files.texts["schema/app.schema"] += "table shop.u { id bigint primary key; }\n";
    ASSERT_EQ(world_.Run({"diff", "-m", "second"}).exit_code, 0);
  }
  Outcome Told(const std::string& applied, const std::string& format = "text") {
    world_.files.texts["answer.json"] =
        "{\"applied\": " + applied +
        ", \"search_path\": [\"public\"], \"schemac_catalog\": 1, \"server_version\": 150004}";
    return world_.Run({"history", "--tenants", "answer.json", "--format", format});
  }

  FakeWorld world_;
};

TEST_F(TenantHistoryTest, TellsWhatIsUnfinishedUnknownOrHidden) {
  const Outcome told = Told(
      "[[\"a\", \"schemac_revision\", [\"0001_first\", \"0002_second (part 1 of 2)\"]],"
      " [\"b\", \"schemac_revision\", [\"0001_first\", \"0002_second\", \"0009_other\"]],"
      " [\"c\", \"schemac_revision\", null],"
      " [\"d\", \"other_ledger\", []],"
      " [\"public\", \"schemac_revision\", [\"0001_first\", \"0002_second\"]]]");
  EXPECT_EQ(told.exit_code, 0) << told.err;
  EXPECT_EQ(told.out,
            "0001_first: first\n"
            "  1 tenant: a\n"
            "0002_second (head): second\n"
            "  shared schemas\n"
            "  1 tenant: b\n"
            "tenant a: begun and not finished: 0002_second (part 1 of 2)\n"
            "tenant b: revisions that this project does not know: 0009_other\n"
            "whose table may not be read\n"
            "  1 tenant: c\n");
}

TEST_F(TenantHistoryTest, TellsItAsJson) {
  world_.files.texts["schemac.toml"] += "[tenants]\nnames = [\"a\", \"z\"]\n";
  const Outcome told = Told("[[\"a\", \"schemac_revision\", [\"0001_first\"]]]", "json");
  EXPECT_EQ(told.out, R"({
  "schema_version": 1,
  "shared": {
    "at": null,
    "unfinished": null,
    "unknown": null
  },
  "tenants": [
    {
      "tenant": "a",
      "listed": true,
      "at": [
        "0001_first"
      ],
      "unfinished": [],
      "unknown": []
    }
  ],
  "missing": [
    "z"
  ]
}
)");
}

TEST_F(TenantHistoryTest, TakesItsTableFromTheSettings) {
  world_.files.texts["schemac.toml"] += "ledger_table = \"ops.done\"\n";
  const Outcome told = Told(
      "[[\"a\", \"done\", []], [\"ops\", \"done\", [\"0001_first\"]], [\"public\", \"schemac_revision\", "
      "[]]]");
  EXPECT_EQ(told.out, "base: no revision is applied\n  1 tenant: a\n0001_first: first\n  shared schemas\n");
  EXPECT_EQ(Told("null").out, "no table of applied revisions\n");
}

TEST_F(TenantHistoryTest, RefusesWhatIsNoAnswer) {
  world_.files.texts["answer.json"] = "{\"schemac_catalog\": 1, \"objects\": []}";
  const Outcome old = world_.Run({"history", "--tenants", "answer.json"});
  EXPECT_EQ(old.exit_code, 1);
  EXPECT_THAT(old.err, HasSubstr("does not tell which revisions are applied"));
  EXPECT_EQ(world_.Run({"history", "--tenants", "none.json"}).exit_code, 1);
  EXPECT_THAT(Told("[[1]]").err, HasSubstr("was changed"));
  Told("[]");
  const Outcome drift = world_.Run({"drift", "answer.json"});
  EXPECT_EQ(drift.exit_code, 1);
  EXPECT_THAT(drift.err, HasSubstr("tells only which revisions are applied"));
}

}  // namespace
}  // namespace schemac
