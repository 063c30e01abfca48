// The online profile, on PostgreSQL: its scripts run in pieces, again and after a failure, and the parts of
// it that somebody pastes.
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/postgres/project.h"

namespace schemac::testing {
namespace {

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

class OnlineTest : public ProjectTest {
 protected:
  void Prepare() override {
    Put("schema/app.schema", kFirst);
    Expect({"diff", "-m", "first"});
    Put("schema/app.schema", kSecond);
    Expect({"diff", "-m", "second", "--online", "--no-rename"});
    Expect({"check"});
    EXPECT_EQ(database_->Run(Script("0001_first", "up")), "");
    EXPECT_EQ(database_->Run(kRows), "");
    before_ = database_->TakeSnapshot();
    wanted_ = SnapshotOfModel(kSecond);
  }
  void ExpectUpgraded() {
    EXPECT_EQ(Difference(wanted_, database_->TakeSnapshot()), "");
    EXPECT_EQ(database_->Query(kFilled), "1000|1000|1000|800\n");
  }

  Snapshot before_;
  Snapshot wanted_;
};

TEST_F(OnlineTest, RunsBothWays) {
  ASSERT_EQ(database_->Run(Script("0002_second", "up")), "") << Script("0002_second", "up");
  ExpectUpgraded();
  ASSERT_EQ(database_->Run(Script("0002_second", "down")), "") << Script("0002_second", "down");
  EXPECT_EQ(Difference(before_, database_->TakeSnapshot()), "");
}

// After an interruption behind it, a part says that it is done, or does nothing that is not done already.
TEST_F(OnlineTest, EveryPartMayBeRunAgain) {
  for (const bool up : {true, false}) {
    SCOPED_TRACE(up ? "up" : "down");
    const std::vector<std::string> parts = PartsOfScript(Script("0002_second", up ? "up" : "down"));
    ASSERT_GT(parts.size(), 2U);
    for (const std::string& part : parts) {
      ASSERT_EQ(database_->Run(part), "") << part;
      EXPECT_THAT(database_->Run(part),
                  AnyOf("", HasSubstr("is already applied"), HasSubstr("is not applied")))
          << part;
    }
    EXPECT_EQ(Difference(up ? wanted_ : before_, database_->TakeSnapshot()), "");
  }
}

// Rows stop a part: they are mended, and it is run again with what follows.
TEST_F(OnlineTest, GoesOnAfterAFailure) {
  ASSERT_EQ(
      database_->Run("INSERT INTO orders (id, customer, number, note) VALUES (2001, 3, 'N2001', 'note 1')"),
      "");
  const std::vector<std::string> parts = PartsOfScript(Script("0002_second", "up"));
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
  for (const std::string& part : PartsOfScript(Script("0002_second", "up"))) database_->Run(part);
  EXPECT_EQ(database_->Query("SELECT revision FROM schemac_revision WHERE revision = '0002_second'"), "");
}

TEST_F(OnlineTest, ItsPartsMayBePastedTwice) {
  Expect({"script", "0001:0002", "--out", Path("parts")});
  const std::vector<std::string> names = FilesIn("parts");
  for (const std::string& name : names) {
    const std::string part = File("parts/" + name);
    ASSERT_EQ(database_->RunAsOne(part), "") << name << part;
    EXPECT_EQ(database_->RunAsOne(part), "") << name << part;
  }
  ExpectUpgraded();
  for (const std::string& name : names) EXPECT_EQ(database_->RunAsOne(File("parts/" + name)), "") << name;
  ExpectUpgraded();
}

}  // namespace
}  // namespace schemac::testing
