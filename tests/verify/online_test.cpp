// The online profile, on PostgreSQL: its scripts run in pieces, again and after a failure, and the parts of
// it that somebody pastes.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/postgres/process.h"
#include "tests/postgres/server.h"

namespace schemac::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr const char* kFirst = R"(
table customers {
  id bigint primary key;
}

table orders {
  id       bigint primary key;
  customer bigint not null;
  number   text   not null;
  total    integer;
  note     text;

  index orders_customer (customer);
  unique orders_number_key (number);
}
)";

constexpr const char* kSecond = R"(
table customers {
  id bigint primary key;
}

table orders {
  id       bigint  primary key;
  customer bigint  not null references customers;
  number   text    not null;
  total    integer not null backfill 0;
  note     text;
  token    uuid    not null default gen_random_uuid();
  slug     text    backfill nullif(note, '');

  index orders_customer (customer, total);
  index orders_total (total);
  unique orders_number_key (number, customer);
  unique orders_slug (slug);
  check orders_total_known (total >= 0);
}
)";

constexpr const char* kRows =
    "INSERT INTO customers VALUES (1), (2);\n"
    "INSERT INTO orders SELECT n, 1 + n % 2, 'N' || n, CASE WHEN n % 3 = 0 THEN n END,\n"
    "    CASE WHEN n % 5 > 0 THEN 'note ' || n ELSE '' END FROM generate_series(1, 1000) n;\n";

constexpr const char* kFilled =
    "SELECT count(*), count(total), count(DISTINCT token), count(slug) FROM orders";

class OnlineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    Put("schemac.toml", "");
    Put("schema/app.schema", kFirst);
    Expect({"diff", "-m", "first"});
    Put("schema/app.schema", kSecond);
    Expect({"diff", "-m", "second", "--online", "--no-rename"});
    Expect({"check"});
    database_ = Fresh();
    before_ = database_->TakeSnapshot();
    const std::unique_ptr<Database> plain = Server::Shared()->CreateDatabase();
    Put("plain/schemac.toml", "");
    Put("plain/schema/app.schema", kSecond);
    const ProcessResult made =
        RunProcess({SCHEMAC_PROGRAM, "-C", folder_.path() + "/plain", "diff", "--sql"});
    EXPECT_EQ(plain->Run(made.out), "");
    wanted_ = plain->TakeSnapshot();
  }
  std::unique_ptr<Database> Fresh() {
    std::unique_ptr<Database> database = Server::Shared()->CreateDatabase();
    EXPECT_EQ(database->Run(File("migrations/0001_first.up.sql")), "");
    EXPECT_EQ(database->Run(kRows), "");
    return database;
  }
  void Put(const std::string& name, const std::string& text) const {
    static_cast<void>(folder_.Write(name, text));
  }
  [[nodiscard]] std::string File(const std::string& name) const {
    return ReadFile(folder_.path() + "/" + name);
  }
  void Expect(std::vector<std::string> words) const {
    words.insert(words.begin(), {SCHEMAC_PROGRAM, "-C", folder_.path()});
    const ProcessResult done = RunProcess(words);
    ASSERT_EQ(done.exit_code, 0) << done.err;
  }
  // A script cut where its parts begin; what stands before the first one goes with it.
  [[nodiscard]] std::vector<std::string> PartsOf(const std::string& script) const {
    const std::string text = File(script);
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t mark = text.find("\n-- part ", begin);
      const std::size_t next = mark == std::string::npos ? mark : text.find("\n-- part ", mark + 1);
      parts.push_back(text.substr(begin, next - begin));
      begin = std::min(next, text.size());
    }
    return parts;
  }
  void ExpectUpgraded() {
    EXPECT_EQ(Difference(wanted_, database_->TakeSnapshot()), "");
    EXPECT_EQ(database_->Query(kFilled), "1000|1000|1000|800\n");
  }

  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
  Snapshot before_;
  Snapshot wanted_;
};

TEST_F(OnlineTest, RunsBothWays) {
  ASSERT_EQ(database_->Run(File("migrations/0002_second.up.sql")), "")
      << File("migrations/0002_second.up.sql");
  ExpectUpgraded();
  ASSERT_EQ(database_->Run(File("migrations/0002_second.down.sql")), "")
      << File("migrations/0002_second.down.sql");
  EXPECT_EQ(Difference(before_, database_->TakeSnapshot()), "");
}

// After an interruption behind it, a part says that it is done, or does nothing that is not done already.
TEST_F(OnlineTest, EveryPartMayBeRunAgain) {
  for (const char* script : {"migrations/0002_second.up.sql", "migrations/0002_second.down.sql"}) {
    const std::vector<std::string> parts = PartsOf(script);
    ASSERT_GT(parts.size(), 2U) << script;
    for (const std::string& part : parts) {
      ASSERT_EQ(database_->Run(part), "") << part;
      EXPECT_THAT(database_->Run(part),
                  AnyOf("", HasSubstr("is already applied"), HasSubstr("is not applied")))
          << part;
    }
    EXPECT_EQ(Difference(script == std::string("migrations/0002_second.up.sql") ? wanted_ : before_,
                         database_->TakeSnapshot()),
              "")
        << script;
  }
}

// Rows stop a part: they are mended, and it is run again with what follows.
TEST_F(OnlineTest, GoesOnAfterAFailure) {
  ASSERT_EQ(
      database_->Run("INSERT INTO orders (id, customer, number, note) VALUES (2001, 3, 'N2001', 'note 1')"),
      "");
  const std::vector<std::string> parts = PartsOf("migrations/0002_second.up.sql");
  int failures = 0;
  for (std::size_t i = 0; i < parts.size();) {
    const std::string error = database_->Run(parts[i]);
    if (error.empty()) {
      ++i;
      continue;
    }
    ASSERT_LT(++failures, 3) << error;
    EXPECT_THAT(error, AnyOf(HasSubstr("orders_slug"), HasSubstr("orders_customer_fkey"))) << error;
    if (i + 1 < parts.size()) {
      EXPECT_NE(database_->Run(parts[i + 1]), "") << parts[i + 1];
    }
    ASSERT_EQ(database_->Run(error.find("orders_slug") != std::string::npos
                                 ? "UPDATE orders SET slug = NULL, note = '' WHERE id = 2001"
                                 : "UPDATE orders SET customer = 1 WHERE id = 2001"),
              "");
  }
  EXPECT_EQ(failures, 2);
  EXPECT_EQ(Difference(wanted_, database_->TakeSnapshot()), "");
}

// What a client that goes on after errors leaves is never booked as applied.
TEST_F(OnlineTest, NothingIsBookedAfterAFailure) {
  ASSERT_EQ(database_->Run("INSERT INTO orders (id, customer, number, note) VALUES (2001, 3, 'N2001', 'x')"),
            "");
  for (const std::string& part : PartsOf("migrations/0002_second.up.sql")) database_->Run(part);
  EXPECT_EQ(database_->Query("SELECT revision FROM schemac_revision WHERE revision = '0002_second'"), "");
}

TEST_F(OnlineTest, ItsPartsMayBePastedTwice) {
  const std::string path = folder_.path() + "/parts";
  Expect({"script", "0001:0002", "--out", path});
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path)) names.push_back(entry.path().string());
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    ASSERT_EQ(database_->RunAsOne(ReadFile(name)), "") << name << ReadFile(name);
    EXPECT_EQ(database_->RunAsOne(ReadFile(name)), "") << name << ReadFile(name);
  }
  ExpectUpgraded();
  for (const std::string& name : names) EXPECT_EQ(database_->RunAsOne(ReadFile(name)), "") << name;
  ExpectUpgraded();
}

}  // namespace
}  // namespace schemac::testing
