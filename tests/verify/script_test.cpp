// `script`, on PostgreSQL: the parts as somebody pastes them: in order, twice, interrupted, out of order, and
// into a database where something stands already.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/postgres/project.h"

namespace schemac::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

constexpr const char* kFirst = R"(
enum status { active, gone }

--- Who buys.
table customers {
  customer_id  bigint generated always as identity primary key;
  phone_number text;
  state        status not null default 'active';

  index customers_phone (phone_number);
}

table roles {
  name text primary key;
}

seed roles key (name) {
  { name: 'admin' };
}

function touch() returns trigger language plpgsql as $$
begin
  return new;
end
$$;

view phones as select phone_number from customers;
)";

constexpr const char* kSecond = R"(
enum status { active, paused, gone }

--- Who buys, or may.
table customers {
  customer_id  bigint generated always as identity primary key;
  phone        text was phone_number;
  state        status not null default 'paused';
  region       text not null backfill 'eu';

  index customers_phone (phone);
  check known (region in ('eu', 'us'));
  trigger touch before update for each row execute function touch();
}

table roles {
  name text primary key;
}

seed roles key (name) {
  { name: 'admin' };
  { name: 'guest' };
}

function touch() returns trigger language plpgsql as $$
begin
  return new;
end
$$;

view phones as select phone, region from customers;
)";

constexpr const char* kThird = R"(
sql "tidy" {
  up   $$ select 1; update roles set name = name; $$
  down $$ select 1; $$
}

alter table customers {
  add index concurrently customers_region (region, customer_id) where region <> 'eu';
}

alter table roles {
  add column rank integer;
}
)";

struct PartFile {
  std::string name;
  std::string text;
  [[nodiscard]] bool Alone() const { return text.find("DO $") == std::string::npos && !Verifies(); }
  [[nodiscard]] bool Verifies() const { return name.ends_with("_verify.sql"); }
};

class ScriptTest : public ProjectTest {
 protected:
  void Prepare() override {
    Put("schema/app.schema", kFirst);
    Expect({"diff", "-m", "first"});
    Put("schema/app.schema", kSecond);
    Expect({"diff", "-m", "second"});
    Expect({"revision", "-m", "third"});
    Put("migrations/0003_third.mdiff", File("migrations/0003_third.mdiff") + kThird);
    Expect({"compile", "0003"});
    LoadParts("parts");
  }
  void LoadParts(const std::string& folder) {
    Expect({"script", "--out", Path(folder)});
    parts_.clear();
    for (const std::string& name : FilesIn(folder)) parts_.push_back({name, File(folder + "/" + name)});
  }
  // The state after the ordinary upgrade.
  [[nodiscard]] Snapshot Wanted(const std::string& revision = "head") const {
    return SnapshotAfter(Expect({"upgrade", revision, "--sql"}));
  }
  std::string Ledger() {
    return database_->Query("SELECT revision, checksum FROM schemac_revision ORDER BY revision");
  }
  // Every part, each as one string, as an editor sends it.
  void RunAll(std::size_t begin = 0) {
    for (std::size_t i = begin; i < parts_.size(); ++i)
      ASSERT_EQ(database_->RunAsOne(parts_[i].text), "") << parts_[i].text;
  }
  void ExpectComplete() {
    EXPECT_EQ(Difference(Wanted(), database_->TakeSnapshot()), "");
    const std::string report = database_->Query(parts_.back().text);
    EXPECT_THAT(report, HasSubstr("|applied|applied|t\n"));
    EXPECT_EQ(report.find("|f\n"), std::string::npos) << report;
  }

  std::vector<PartFile> parts_;
};

TEST_F(ScriptTest, PartsInOrderAndTwice) {
  RunAll();
  ExpectComplete();
  const std::string ledger = Ledger();
  EXPECT_EQ(database_->Run("INSERT INTO customers (phone, region) VALUES ('1', 'us')"), "");
  for (const PartFile& part : parts_) {
    SCOPED_TRACE(part.name);
    const std::string outcome = database_->QueryAsOne(part.text);
    if (part.Alone() || part.Verifies()) continue;
    EXPECT_THAT(outcome, HasSubstr("was applied already: nothing changed"));
  }
  ExpectComplete();
  EXPECT_EQ(Ledger(), ledger);
  EXPECT_EQ(database_->Query("SELECT phone, region FROM customers"), "1|us\n");
}

TEST_F(ScriptTest, ToldByAClientThatSendsEachStatementByItself) {
  for (const PartFile& part : parts_) {
    SCOPED_TRACE(part.name);
    const std::string outcome = database_->Query(part.text);
    if (part.Alone() || part.Verifies()) continue;
    EXPECT_THAT(outcome, MatchesRegex("part [0-9]+ of [0-9]+: 000[0-9a-z_]+\\|applied at [-+:. 0-9]+\n"));
  }
  ExpectComplete();
}

TEST_F(ScriptTest, NoPartRunsBeforeItsTurn) {
  for (std::size_t done = 0; done < parts_.size(); ++done) {
    const Snapshot before = database_->TakeSnapshot();
    for (std::size_t later = done + 1; later < parts_.size(); ++later) {
      if (parts_[later].Alone() || parts_[later].Verifies()) continue;
      SCOPED_TRACE(parts_[later].name + " after " + std::to_string(done) + " parts");
      EXPECT_THAT(database_->RunAsOne(parts_[later].text), HasSubstr("stopped before any change"));
      EXPECT_EQ(Difference(before, database_->TakeSnapshot()), "");
    }
    ASSERT_EQ(database_->RunAsOne(parts_[done].text), "");
  }
  ExpectComplete();
}

TEST_F(ScriptTest, InterruptedAnywhereAndBegunAnew) {
  for (std::size_t done = 1; done < parts_.size(); ++done) {
    SCOPED_TRACE(done);
    database_ = Server::Shared()->CreateDatabase();
    for (std::size_t i = 0; i < done; ++i) ASSERT_EQ(database_->RunAsOne(parts_[i].text), "");
    RunAll();
    ExpectComplete();
  }
}

TEST_F(ScriptTest, KnowsWhatAnUpgradeHasDone) {
  ASSERT_EQ(database_->Run(Schemac({"upgrade", "0001", "--sql"}).out), "");
  RunAll();
  ExpectComplete();
}

TEST_F(ScriptTest, WhatStandsAlreadyIsTakenWhenItIsTheSame) {
  ASSERT_EQ(database_->Run("CREATE TYPE status AS ENUM ('active', 'gone');\n"
                           "CREATE TABLE roles (name text PRIMARY KEY);\n"),
            "");
  RunAll();
  ExpectComplete();
  EXPECT_EQ(database_->Query("SELECT name FROM roles ORDER BY name"), "admin\nguest\n");
}

TEST_F(ScriptTest, WhatIsDifferentStopsThePartBeforeAnyChange) {
  struct Standing {
    const char* sql;
    const char* message;
  };
  for (const Standing& standing : std::vector<Standing>{
           {"CREATE TYPE status AS ENUM ('active')",
            "enum public.status (labels): expected 'active', 'gone', found 'active'"},
           {"CREATE TABLE roles (name varchar(20) PRIMARY KEY)",
            "column public.roles.name: expected text not null, found character varying(20) not null"},
           {"CREATE TABLE roles (name text NOT NULL)", "some are there and others not: table public.roles"},
           {"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end'",
            "function public.touch() (body): expected"},
       }) {
    SCOPED_TRACE(standing.sql);
    database_ = Server::Shared()->CreateDatabase();
    ASSERT_EQ(database_->Run(standing.sql), "");
    const Snapshot before = database_->TakeSnapshot();
    const std::string error = database_->RunAsOne(parts_.front().text);
    EXPECT_THAT(error, HasSubstr("stopped before any change"));
    EXPECT_THAT(error, HasSubstr(standing.message));
    EXPECT_EQ(Difference(before, database_->TakeSnapshot()), "");
  }
}

TEST_F(ScriptTest, AChangedDatabaseStopsTheNextRevision) {
  ASSERT_EQ(database_->RunAsOne(parts_.front().text), "");
  ASSERT_EQ(
      database_->Run("DROP VIEW phones; ALTER TABLE customers ALTER COLUMN phone_number TYPE varchar(10)"),
      "");
  bool stopped = false;
  for (std::size_t i = 1; i < parts_.size() && !stopped; ++i) {
    if (parts_[i].Alone()) continue;
    const std::string error = database_->RunAsOne(parts_[i].text);
    stopped =
        error.find("column public.customers.phone_number: expected text, found character varying(10)") !=
        std::string::npos;
  }
  EXPECT_TRUE(stopped);
}

TEST_F(ScriptTest, AnInvalidIndexIsNotPassedOver) {
  for (const PartFile& part : parts_) {
    if (part.Alone()) break;
    ASSERT_EQ(database_->RunAsOne(part.text), "");
  }
  ASSERT_EQ(database_->Run("CREATE INDEX customers_region ON customers (region)"), "");
  std::string error;
  for (const PartFile& part : parts_) {
    if (error.empty()) error = database_->RunAsOne(part.text);
  }
  EXPECT_THAT(error, HasSubstr("index public.customers.customers_region (definition): expected"));
}

TEST_F(ScriptTest, BackfillsAFewRowsAtATime) {
  Put("schemac.toml", "backfill_batch = 2\n");
  LoadParts("batches");
  const auto rounds = std::ranges::find_if(
      parts_, [](const PartFile& part) { return part.text.find("LOOP") != std::string::npos; });
  ASSERT_NE(rounds, parts_.end());
  for (auto part = parts_.begin(); part != rounds; ++part) ASSERT_EQ(database_->RunAsOne(part->text), "");
  ASSERT_EQ(database_->Run("INSERT INTO customers (phone) SELECT n FROM generate_series(1, 5) n;\n"
                           "INSERT INTO customers (phone, region) VALUES ('6', 'us')"),
            "");
  const Snapshot before = database_->TakeSnapshot();
  EXPECT_THAT(database_->RunAsOne((rounds + 1)->text), HasSubstr("must be applied first"));
  EXPECT_EQ(Difference(before, database_->TakeSnapshot()), "");
  ASSERT_EQ(database_->RunAsOne(rounds->text), "");
  EXPECT_EQ(database_->Query("SELECT region, count(*) FROM customers GROUP BY 1 ORDER BY 1"), "eu|5\nus|1\n");
  RunAll(static_cast<std::size_t>(rounds - parts_.begin()));
  ExpectComplete();
  RunAll();
  ExpectComplete();
}

TEST_F(ScriptTest, UpgradeIsIdempotentWhenAsked) {
  const std::string script = Expect({"upgrade", "--sql", "--idempotent"});
  EXPECT_EQ(database_->Run(script), "");
  ExpectComplete();
  EXPECT_EQ(database_->Run(script), "");
  ExpectComplete();
}

// An editor that sends it as one query makes it one transaction, in which no new label may be used.
TEST_F(ScriptTest, AnIdempotentUpgradeMayBeOneQuery) {
  for (const std::vector<std::string>& ranges : {std::vector<std::string>{"0002"}, {"0001", "0001:0002"}}) {
    database_ = Server::Shared()->CreateDatabase();
    for (const std::string& range : ranges) {
      const std::string script = Expect({"upgrade", range, "--sql", "--idempotent"});
      EXPECT_EQ(script.find("not as one query"), std::string::npos);
      for (int i = 0; i < 2; ++i) ASSERT_EQ(database_->RunAsOne(script), "") << script;
    }
    EXPECT_EQ(Difference(Wanted("0002"), database_->TakeSnapshot()), "");
  }
}

// Nor may an index be built concurrently: the script says so, and an editor is told by the server.
TEST_F(ScriptTest, AnIdempotentUpgradeTellsWhatMustBeSentByItself) {
  const std::string script = Expect({"upgrade", "0002:", "--sql", "--idempotent"});
  EXPECT_THAT(script, HasSubstr("-- not as one query: part 2 cannot run in a transaction with others."));
  ASSERT_EQ(database_->Run(Expect({"upgrade", "0002", "--sql"})), "");
  const Snapshot before = database_->TakeSnapshot();
  EXPECT_THAT(database_->RunAsOne(script), HasSubstr("cannot run inside a transaction block"));
  EXPECT_EQ(Difference(before, database_->TakeSnapshot()), "");
}

}  // namespace
}  // namespace schemac::testing
