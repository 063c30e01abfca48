// The files for other tools, run by those tools that Debian carries; and what they make of a database in
// which a script was run by hand.
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/layouts/layout_project.h"

namespace schemac::testing {
namespace {

using ::testing::HasSubstr;

bool Installed(const std::string& program) { return std::filesystem::exists("/usr/bin/" + program); }

using RealToolTest = LayoutProject;

TEST_F(RealToolTest, Sqitch) {
  if (!Installed("sqitch")) GTEST_SKIP() << "sqitch is not installed";
  MakeProject("layout = \"sqitch\"\nlayout_folder = \"out\"\n");
  const Snapshot empty = WithoutBooks(database_->TakeSnapshot());
  const std::string target = "db:pg:" + Trimmed(database_->Query("SELECT current_database()"));
  ProcessResult done = Tool({"sqitch", "deploy", "--verify", target}, Path("out"));
  ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
  EXPECT_EQ(Difference(Wanted(), WithoutBooks(database_->TakeSnapshot())), "");
  done = Tool({"sqitch", "verify", target}, Path("out"));
  EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
  ASSERT_EQ(database_->Run("ALTER TABLE customers DROP COLUMN region"), "");
  EXPECT_NE(Tool({"sqitch", "verify", target}, Path("out")).exit_code, 0);
  ASSERT_EQ(database_->Run("ALTER TABLE customers ADD COLUMN region text"), "");
  done = Tool({"sqitch", "revert", "-y", target}, Path("out"));
  ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
  EXPECT_EQ(Difference(empty, WithoutBooks(database_->TakeSnapshot())), "");
}

constexpr const char* kAlembicEnvironment = R"(
import os
from alembic import context
from sqlalchemy import create_engine, pool

url = os.environ["DATABASE_URL"]
if context.is_offline_mode():
    context.configure(url=url, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
)";

TEST_F(RealToolTest, Alembic) {
  if (!Installed("alembic")) GTEST_SKIP() << "alembic is not installed";
  MakeProject("layout = \"alembic\"\n");
  Put("alembic.ini", "[alembic]\nscript_location = alembic\n");
  Put("alembic/env.py", kAlembicEnvironment);
  const Snapshot empty = WithoutBooks(database_->TakeSnapshot());
  const Snapshot wanted = Wanted();
  ProcessResult done = Tool({"alembic", "upgrade", "head"}, folder_.path());
  ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
  EXPECT_EQ(Difference(wanted, WithoutBooks(database_->TakeSnapshot())), "");
  done = Tool({"alembic", "downgrade", "base"}, folder_.path());
  ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
  EXPECT_EQ(Difference(empty, WithoutBooks(database_->TakeSnapshot())), "");
  // Its own offline mode.
  done = Tool({"alembic", "upgrade", "head", "--sql"}, folder_.path());
  ASSERT_EQ(done.exit_code, 0) << done.err;
  ASSERT_EQ(database_->Run("DROP TABLE alembic_version"), "");
  ASSERT_EQ(database_->Run(done.out), "") << done.out;
  EXPECT_EQ(Difference(wanted, WithoutBooks(database_->TakeSnapshot())), "");
}

// Somebody pasted the first two; Alembic goes on with the third.
TEST_F(RealToolTest, AlembicCarriesOnWhereAScriptWasPasted) {
  if (!Installed("alembic")) GTEST_SKIP() << "alembic is not installed";
  MakeProject("layout = \"alembic\"\n");
  Put("alembic.ini", "[alembic]\nscript_location = alembic\n");
  Put("alembic/env.py", kAlembicEnvironment);
  ASSERT_EQ(database_->Run(Schemac({"upgrade", "+2", "--sql"}).out), "");
  const ProcessResult current = Tool({"alembic", "current"}, folder_.path());
  EXPECT_THAT(current.out, HasSubstr("0002_")) << current.err;
  const ProcessResult done = Tool({"alembic", "upgrade", "head"}, folder_.path());
  ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
  EXPECT_EQ(Difference(Wanted(), WithoutBooks(database_->TakeSnapshot())), "");
}

constexpr const char* kRailsRunner = R"(
ENV.delete("DATABASE_URL")  # Ruby reads no address of a socket; the variables of libpq say it.
begin
  require "active_record"
rescue LoadError
  puts "missing"
  exit
end
ActiveRecord::Base.establish_connection(adapter: "postgresql")
ActiveRecord::Migration.verbose = false
context = ActiveRecord::MigrationContext.new("db/migrate", ActiveRecord::SchemaMigration)
case ARGV[0]
when "up" then context.migrate
when "down" then context.migrate(0)
when "status" then context.migrations_status.each { |status, version, _| puts "#{status} #{version}" }
end
)";

class RailsTest : public LayoutProject {
 protected:
  void Prepare() override {
    Put("run.rb", kRailsRunner);
    if (!Installed("ruby") || Rails("").out == "missing\n") GTEST_SKIP() << "ActiveRecord is not installed";
    MakeProject("");
    Expect({"export", "--layout", "rails"});
  }
  ProcessResult Rails(const std::string& word) { return Tool({"ruby", "run.rb", word}, folder_.path()); }
  void Run(const std::string& word) {
    const ProcessResult done = Rails(word);
    ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
  }
};

TEST_F(RailsTest, UpDownAndUpAgain) {
  const Snapshot wanted = Wanted();
  const Snapshot empty = WithoutBooks(database_->TakeSnapshot());
  Run("up");
  EXPECT_EQ(Difference(wanted, WithoutBooks(database_->TakeSnapshot())), "");
  Run("down");
  EXPECT_EQ(Difference(empty, WithoutBooks(database_->TakeSnapshot())), "");
  Run("up");
  EXPECT_EQ(Difference(wanted, WithoutBooks(database_->TakeSnapshot())), "");
}

// Rails keeps 0002 as 2: rows that are spelled otherwise count as applied, and stay when they are undone.
TEST_F(RailsTest, CarriesOnWhereAScriptWasPasted) {
  ASSERT_EQ(database_->Run(Schemac({"upgrade", "+2", "--sql", "--layout", "rails"}).out), "");
  EXPECT_EQ(Rails("status").out, "up 001\nup 002\ndown 003\n");
  Run("up");
  EXPECT_EQ(Difference(Wanted(), WithoutBooks(database_->TakeSnapshot())), "");
  Run("down");
  EXPECT_EQ(Rails("status").out, "down 001\ndown 002\ndown 003\n");
}

TEST_F(RailsTest, TakesAStamp) {
  ASSERT_EQ(database_->Run(Schemac({"upgrade", "+2", "--sql"}).out), "");
  const std::string stamp = Schemac({"stamp", "0002", "--sql", "--layout", "rails"}).out;
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(database_->Run(stamp), "");
    EXPECT_EQ(Rails("status").out, "up 001\nup 002\ndown 003\n");
  }
  Run("up");
  EXPECT_EQ(Difference(Wanted(), WithoutBooks(database_->TakeSnapshot())), "");
}

}  // namespace
}  // namespace schemac::testing
