// Small folders in the shapes of other tools.
#include "compiler/history/foreign_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace schemac {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The layout, then the scripts in order; or the error.
std::vector<std::string> Order(const std::vector<std::string>& paths, const std::string& layout = "") {
  std::vector<ForeignFile> files;
  for (const std::string& path : paths) files.emplace_back(path, "select 1;\n");
  const auto history = ReadForeignHistory(files, layout);
  if (!history) return {history.error().message};
  std::vector<std::string> order{history->layout};
  for (const auto& [path, text] : history->scripts) order.push_back(path);
  return order;
}

ForeignHistory ReadAll(const std::vector<ForeignFile>& files) {
  const auto history = ReadForeignHistory(files, "");
  EXPECT_TRUE(history.ok()) << (history ? "" : history.error().message);
  return history ? *history : ForeignHistory();
}

TEST(ForeignHistory, FlywayComparesVersionsAsNumbers) {
  EXPECT_THAT(Order({"V10__c.sql", "R__views.sql", "V2.1__b.sql", "V2_0_5__a2.sql", "V002__a.sql",
                     "U2__a.sql", "R__functions.sql", "afterMigrate.sql", "V2.1.1__b.sql"}),
              ElementsAre("flyway", "V002__a.sql", "V2_0_5__a2.sql", "V2.1__b.sql", "V2.1.1__b.sql",
                          "V10__c.sql", "R__functions.sql", "R__views.sql"));
  EXPECT_THAT(Order({"V1__a.sql", "V1.0__b.sql"}), ElementsAre(HasSubstr("have the same version")));
}

TEST(ForeignHistory, FlywayStartsFromTheNewestBaseline) {
  EXPECT_THAT(Order({"V1__a.sql", "B2__all.sql", "B1__old.sql", "V2__b.sql", "V3__c.sql"}),
              ElementsAre("flyway", "B2__all.sql", "V3__c.sql"));
}

TEST(ForeignHistory, PairsOfFilesGoByNumber) {
  EXPECT_THAT(Order({"10_c.up.sql", "10_c.down.sql", "2_b.up.sql", "2_b.down.sql", "000001_a.up.sql"}),
              ElementsAre("golang-migrate", "000001_a.up.sql", "2_b.up.sql", "10_c.up.sql"));
  EXPECT_THAT(Order({"1_a.up.sql", "01_b.up.sql"}), ElementsAre(HasSubstr("have the same number")));
}

TEST(ForeignHistory, FoldersGoByName) {
  EXPECT_THAT(Order({"20210101_b/migration.sql", "20200101_a/migration.sql"}),
              ElementsAre("prisma", "20200101_a/migration.sql", "20210101_b/migration.sql"));
  EXPECT_THAT(Order({"m/2020-01-02_b/up.sql", "m/2020-01-02_b/down.sql", "m/2020-01-01_a/up.sql"}),
              ElementsAre("diesel", "m/2020-01-01_a/up.sql", "m/2020-01-02_b/up.sql"));
}

TEST(ForeignHistory, MarksPartBothWays) {
  const ForeignHistory dbmate =
      ReadAll({{"1_a.sql",
                "-- migrate:up\ncreate table a ();\n\n--migrate:down  transaction:false\n"
                "drop table a;\n"}});
  EXPECT_EQ(dbmate.layout, "dbmate");
  EXPECT_EQ(dbmate.scripts[0].second, "-- migrate:up\ncreate table a ();\n\n" + std::string(33, ' ') + "\n" +
                                          std::string(13, ' ') + "\n");
  const ForeignHistory goose =
      ReadAll({{"00002_b.sql", "-- +goose Up\nb;\n-- +goose Down\nx;\n"},
               {"00001_a.sql",
                "-- +goose Up\n-- +goose StatementBegin\na;\n-- +goose StatementEnd\n-- +goose Down\nx;\n"}});
  EXPECT_EQ(goose.layout, "goose");
  EXPECT_EQ(goose.scripts[0].first, "00001_a.sql");
  EXPECT_THAT(goose.scripts[0].second, HasSubstr("\na;\n"));
  for (const auto& [path, text] : goose.scripts) EXPECT_EQ(text.find('x'), std::string::npos) << text;
  EXPECT_EQ(ReadAll({{"1.sql", "-- +migrate Up notransaction\na;\n-- +migrate Down\nx;"}}).layout,
            "sql-migrate");
  EXPECT_EQ(ReadAll({{"1_a.sql", "-- Up Migration\na;\n-- Down Migration\nx;"}}).layout, "node-pg-migrate");
  const ForeignHistory tern = ReadAll({{"001_a.sql", "a;\n---- create above / drop below ----\nx;"}});
  EXPECT_EQ(tern.layout, "tern");
  EXPECT_EQ(tern.scripts[0].second.substr(0, 3), "a;\n");
  EXPECT_EQ(tern.scripts[0].second.find('x'), std::string::npos);
  const auto bare = ReadForeignHistory({{"1_a.sql", "-- +goose Up\n"}, {"2_b.sql", "b;"}}, "");
  ASSERT_FALSE(bare.ok());
  EXPECT_EQ(bare.error().message, "2_b.sql has no line \"-- +goose up\"");
}

TEST(ForeignHistory, AJournalOrAPlanTellsTheOrder) {
  const ForeignHistory drizzle =
      ReadAll({{"d/0001_b.sql", "b"},
               {"d/0000_a.sql", "a"},
               {"d/0002_stray.sql", "c"},
               {"d/meta/_journal.json",
                R"({"entries": [{"idx": 1, "tag": "0001_b"}, {"idx": 0, "tag": "0000_a"}]})"}});
  EXPECT_EQ(drizzle.layout, "drizzle");
  EXPECT_THAT(drizzle.scripts,
              ElementsAre(ForeignFile("d/0000_a.sql", "a"), ForeignFile("d/0001_b.sql", "b")));
  EXPECT_THAT(drizzle.left_out, ElementsAre("d/0002_stray.sql (not in the journal)"));

  const std::string plan =
      "%syntax-version=1.0.0\n%project=shop\n\n"
      "zoo 2020-01-01T00:00:00Z A <a@b.c> # first\n"
      "apes [zoo] 2020-01-02T00:00:00Z A <a@b.c>\n@v1 2020-01-03T00:00:00Z A <a@b.c> # a tag\n"
      "zoo [zoo@v1] 2020-01-04T00:00:00Z A <a@b.c> # again\n";
  const ForeignHistory sqitch = ReadAll({{"sqitch.plan", plan},
                                         {"deploy/zoo.sql", "zoo2"},
                                         {"deploy/zoo@v1.sql", "zoo1"},
                                         {"deploy/apes.sql", "apes"},
                                         {"revert/zoo.sql", "x"},
                                         {"verify/zoo.sql", "x"}});
  EXPECT_EQ(sqitch.layout, "sqitch");
  EXPECT_THAT(sqitch.scripts,
              ElementsAre(ForeignFile("deploy/zoo@v1.sql", "zoo1"), ForeignFile("deploy/apes.sql", "apes"),
                          ForeignFile("deploy/zoo.sql", "zoo2")));
  EXPECT_EQ(sqitch.left_out.size(), 2U);
  EXPECT_THAT(ReadForeignHistory({{"sqitch.plan", plan}}, "").error().message,
              HasSubstr("deploy/zoo@v1.sql is missing"));
  EXPECT_THAT(ReadForeignHistory({{"meta/_journal.json", "{"}}, "").error().message,
              HasSubstr("no journal of Drizzle's"));
}

TEST(ForeignHistory, PlainFoldersGoByNameUnlessNumbersSayOtherwise) {
  EXPECT_THAT(Order({"b.sql", "a.sql", "a.down.sql", "notes.txt"}), ElementsAre("plain", "a.sql", "b.sql"));
  EXPECT_THAT(Order({"20200102030405_b.sql", "20200101030405_a.sql"}),
              ElementsAre("supabase", "20200101030405_a.sql", "20200102030405_b.sql"));
  EXPECT_THAT(Order({"1_a.sql", "10_c.sql", "2_b.sql"}),
              ElementsAre("which comes first, 10_c.sql or 1_a.sql? names and numbers disagree"));
  EXPECT_THAT(Order({"1_a.sql", "10_c.sql", "2_b.sql"}, "numbered"),
              ElementsAre("numbered", "1_a.sql", "2_b.sql", "10_c.sql"));
  EXPECT_THAT(Order({"1_a.sql", "10_c.sql", "2_b.sql"}, "plain"),
              ElementsAre("plain", "10_c.sql", "1_a.sql", "2_b.sql"));
  EXPECT_THAT(Order({"a.sql"}, "nope"), ElementsAre("no layout is called \"nope\""));
}

}  // namespace
}  // namespace schemac
