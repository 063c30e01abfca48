// The online profile in a project: what remembers it, and what its scripts are to those who judge them.
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFirst = R"(table clients {
  id bigint primary key;
}

table orders {
  id     bigint  primary key;
  client bigint  not null;
  number text    not null;
  total  integer;

  index orders_client (client);
}
)";
constexpr const char* kSecond = R"(table clients {
  id bigint primary key;
}

table orders {
  id     bigint  primary key;
  client bigint  not null references clients;
  number text    not null unique;
  total  integer not null backfill 0;
  token  uuid    not null default gen_random_uuid();

  index orders_client (client, number);
  index orders_total (total);
  check orders_total_positive (total >= 0);
}
)";

class OnlineTest : public ::testing::Test {
 protected:
  OnlineTest() {
    world_.Project(kFirst);
    EXPECT_EQ(world_.Run({"diff"}).exit_code, 0);
    File("schema/app.schema") = kSecond;
  }
  std::string& File(const std::string& path) { return world_.files.texts[path]; }
  void Diff(const std::vector<std::string>& flags) {
    std::vector<std::string> command{"diff", "-m", "Second"};
    command.insert(command.end(), flags.begin(), flags.end());
    const Outcome done = world_.Run(command);
    ASSERT_EQ(done.exit_code, 0) << done.err;
  }
  std::string Up() { return File("migrations/0002_second.up.sql"); }

  FakeWorld world_;
};

TEST_F(OnlineTest, ARevisionRemembersItsProfile) {
  Diff({"--online"});
  const std::string online = Up();
  EXPECT_THAT(File("migrations/0002_second.mdiff"), HasSubstr("message  \"Second\";\nprofile  online;\n"));
  EXPECT_THAT(online, HasSubstr("CREATE INDEX CONCURRENTLY"));
  EXPECT_THAT(online, HasSubstr("-- online: no table is kept from writers"));
  EXPECT_THAT(world_.Run({"compile"}).err, HasSubstr("nothing to do"));
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0) << world_.Run({"check"}).err;
  EXPECT_EQ(Up(), online);
}

TEST_F(OnlineTest, TheProjectMayAskForIt) {
  File("schemac.toml") += "online = true\n";
  Diff({});
  EXPECT_THAT(Up(), HasSubstr("CONCURRENTLY"));
  EXPECT_THAT(File("migrations/0001_initial.up.sql"), Not(HasSubstr("online")));
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
}

TEST_F(OnlineTest, OneRevisionMayBeLeftOut) {
  File("schemac.toml") += "online = true\n";
  Diff({"--no-online"});
  EXPECT_THAT(Up(), Not(HasSubstr("CONCURRENTLY")));
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
}

TEST_F(OnlineTest, CompileChangesTheProfile) {
  Diff({});
  const std::string plain = Up();
  const std::string model_diff = File("migrations/0002_second.mdiff");
  const Outcome done = world_.Run({"compile", "--online", "0002"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("wrote migrations/0002_second.mdiff"));
  EXPECT_THAT(Up(), HasSubstr("CONCURRENTLY"));
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
  EXPECT_EQ(world_.Run({"compile", "--no-online", "0002"}).exit_code, 0);
  EXPECT_EQ(Up(), plain);
  EXPECT_EQ(File("migrations/0002_second.mdiff"), model_diff);
  EXPECT_THAT(world_.Run({"compile", "--online"}).err, HasSubstr("revisions that are named"));
}

TEST_F(OnlineTest, AReleasedRevisionKeepsItsProfile) {
  Diff({});
  ASSERT_EQ(world_.Run({"release", "0002"}).exit_code, 0);
  EXPECT_THAT(world_.Run({"compile", "--online", "0002"}).err, HasSubstr("0002_second is released"));
}

TEST_F(OnlineTest, AnotherProfileIsRefused) {
  Diff({"--online"});
  std::string& text = File("migrations/0002_second.mdiff");
  text = std::regex_replace(text, std::regex("profile  online"), "profile  offline");
  EXPECT_THAT(world_.Run({"check"}).err, HasSubstr("no profile is called \"offline\""));
}

// What blocks, as lint tells it, is gone; that a key may meet equal rows is none of the profile's.
TEST_F(OnlineTest, LintFindsNothingThatBlocks) {
  Diff({"--online"});
  const Outcome judged = world_.Run({"lint", "--fail-on", "warning"});
  EXPECT_EQ(judged.exit_code, 0) << judged.out << Up();
  EXPECT_EQ(world_.Run({"compile", "--no-online", "0002"}).exit_code, 0);
  const Outcome plain = world_.Run({"lint", "--fail-on", "warning"});
  for (const char* rule : {"index-not-concurrent", "unique-constraint-direct", "check-not-validated-later",
                           "foreign-key-not-validated-later", "set-not-null", "add-column-volatile-default",
                           "index-drop-not-concurrent"}) {
    EXPECT_THAT(plain.out, HasSubstr(rule));
  }
}

TEST_F(OnlineTest, StatementsOfItsOwnAreNotVouchedFor) {
  Diff({"--online"});
  File("migrations/0002_second.mdiff") +=
      "\nsql 'Tidy up' { up 'delete from orders where total < 0'; down ''; }\n";
  const Outcome compiled = world_.Run({"compile", "--force"});
  ASSERT_EQ(compiled.exit_code, 0) << compiled.err;
  EXPECT_THAT(Up(), HasSubstr("online: all but what \"Tidy up\" does, for which there is no other form"));
}

TEST_F(OnlineTest, TheWayBackBlocksNobodyEither) {
  Diff({"--online"});
  const std::string down = File("migrations/0002_second.down.sql");
  EXPECT_THAT(down, HasSubstr("DROP INDEX CONCURRENTLY IF EXISTS orders_client_old;"));
  EXPECT_THAT(down, HasSubstr("ALTER INDEX orders_client RENAME TO orders_client_old;"));
}

}  // namespace
}  // namespace schemac
