// The files for other tools, on PostgreSQL: run as each tool runs them, by the tool itself where Debian has
// it, all the way up and down again; and the books of those tools after a script was run by hand.
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
using ::testing::HasSubstr;

// Statements with semicolons, percent signs, colons and a tab inside; a label that is added and used.
constexpr const char* kFirst = R"(
enum status { active, gone }

table customers {
  customer_id bigint generated always as identity primary key;
  phone       text check (phone not like '%:x;%');
  state       status not null default 'active';
  note        text not null default E'a\tb';
}

function touch() returns trigger language plpgsql as $$
begin
  new.phone := '${x}';
  return new;
end
$$;
)";

constexpr const char* kSecond = R"(
enum status { active, paused, gone }

table customers {
  customer_id bigint generated always as identity primary key;
  phone       text check (phone not like '%:x;%');
  state       status not null default 'paused';
  note        text not null default E'a\tb';

  trigger touch before update for each row execute function touch();
}

function touch() returns trigger language plpgsql as $$
begin
  new.phone := '${x}';
  return new;
end
$$;
)";

constexpr const char* kThird = R"(
alter table customers {
  add index concurrently customers_phone (phone);
  add column region text;
}
)";

// What a tool hands to the server at once.
struct Sent {
  std::string text;
  bool as_one = true;  // As one string; else statement by statement.
};

std::string Cut(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string::npos) return "";
  const std::size_t end = to.empty() ? std::string::npos : text.find(to, begin);
  return text.substr(begin, end == std::string::npos ? end : end - begin);
}

Snapshot WithoutBooks(Snapshot snapshot) {
  std::erase_if(snapshot, [](const auto& entry) {
    return entry.first.find("schemac_revision") != std::string::npos ||
           entry.first.find("alembic_version") != std::string::npos ||
           entry.first.find("sqitch") != std::string::npos;
  });
  return snapshot;
}

class LayoutProject : public ::testing::Test {
 protected:
  void SetUp() override {
    if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    database_ = Server::Shared()->CreateDatabase();
  }
  // A project of three revisions.
  void MakeProject(const std::string& settings) {
    Put("schemac.toml", settings);
    Put("schema/app.schema", kFirst);
    Expect({"diff", "-m", "first"});
    Put("schema/app.schema", kSecond);
    Expect({"diff", "-m", "second: it's \"so\" #{x}"});
    Expect({"revision", "-m", "third"});
    const std::string third = "migrations/0003_third.mdiff";
    Put(third, ReadFile(Path(third)) + kThird);
    Expect({"compile", "0003"});
    std::string model = kSecond;
    model.replace(model.find("  trigger touch"), 0, "  region text;\n  index customers_phone (phone);\n");
    Put("schema/app.schema", model);
  }
  [[nodiscard]] std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  void Put(const std::string& name, const std::string& text) const {
    static_cast<void>(folder_.Write(name, text));
  }
  [[nodiscard]] ProcessResult Schemac(std::vector<std::string> words) const {
    words.insert(words.begin(), {SCHEMAC_PROGRAM, "-C", folder_.path()});
    return RunProcess(words);
  }
  void Expect(const std::vector<std::string>& words) const {
    const ProcessResult done = Schemac(words);
    ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
  }
  [[nodiscard]] Snapshot Wanted() const {
    const std::unique_ptr<Database> other = Server::Shared()->CreateDatabase();
    EXPECT_EQ(other->Run(Schemac({"upgrade", "--sql"}).out), "");
    return WithoutBooks(other->TakeSnapshot());
  }
  [[nodiscard]] std::string Address() const { return "PGHOST=" + Server::Shared()->socket(); }
  ProcessResult Tool(const std::vector<std::string>& words, const std::string& directory) {
    const std::string name = Trimmed(database_->Query("SELECT current_database()"));
    const std::string port = Trimmed(database_->Query("SHOW port"));
    return RunProcess(words,
                      {.directory = directory,
                       .input = "",
                       .environment = {Address(), "PGPORT=" + port, "PGUSER=postgres", "PGDATABASE=" + name,
                                       "SQITCH_FULLNAME=Test", "SQITCH_EMAIL=test@example.com",
                                       "DATABASE_URL=postgresql://postgres@/" + name +
                                           "?host=" + Server::Shared()->socket() + "&port=" + port},
                       .as_postgres = false});
  }
  static std::string Trimmed(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  }
  static bool Installed(const std::string& program) { return fs::exists("/usr/bin/" + program); }

  // File names of the exported folder that end so, sorted.
  [[nodiscard]] std::vector<std::string> Names(const std::string& folder, const std::string& suffix) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(Path(folder))) {
      const std::string name = entry.path().string();
      if (name.ends_with(suffix)) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
};

class LayoutTest : public LayoutProject, public ::testing::WithParamInterface<std::string> {
 protected:
  // What the tool would run, in its order.
  [[nodiscard]] std::vector<Sent> Runs(const std::string& folder, bool down) const {
    const std::string& layout = GetParam();
    const bool pairs = layout == "golang-migrate" || layout == "rails";
    std::vector<Sent> runs;
    for (const std::string& path : Names(folder, pairs ? (down ? ".down.sql" : ".up.sql") : ".sql")) {
      const std::string name = fs::path(path).filename().string();
      const std::string text = ReadFile(path);
      EXPECT_FALSE(text.empty()) << path;
      if (layout == "plain" && name.ends_with(".down.sql") != down) continue;
      if (layout == "flyway" && name.front() != (down ? 'U' : 'V')) continue;
      runs.push_back(SentOf(path, text, down));
    }
    if (down) std::reverse(runs.begin(), runs.end());
    return runs;
  }
  [[nodiscard]] static Sent SentOf(const std::string& path, const std::string& text, bool down) {
    const std::string& layout = GetParam();
    if (layout == "plain") return {text, false};
    if (layout == "flyway") {
      const std::string settings = ReadFile(path + ".conf");
      EXPECT_EQ(text.find("${") != std::string::npos,
                settings.find("placeholderReplacement=false") != std::string::npos);
      if (settings.find("executeInTransaction=false") != std::string::npos) return {text, false};
      return {"BEGIN;\n" + text + "\nCOMMIT;"};
    }
    if (layout == "goose") {
      const std::string part =
          down ? Cut(text, "-- +goose Down", "") : Cut(text, "-- +goose Up", "-- +goose Down");
      EXPECT_FALSE(part.empty());
      const bool apart = text.starts_with("-- +goose NO TRANSACTION\n");
      return {apart ? part : "BEGIN;\n" + part + "\nCOMMIT;", !apart};
    }
    if (layout == "dbmate") {
      const std::string part =
          down ? Cut(text, "-- migrate:down", "") : Cut(text, "-- migrate:up", "-- migrate:down");
      EXPECT_FALSE(part.empty());
      const bool apart = part.substr(0, part.find('\n')).find(" transaction:false") != std::string::npos;
      return {apart ? part : "BEGIN;\n" + part + "\nCOMMIT;"};
    }
    return {text};
  }
  void RunAll(const std::vector<Sent>& runs) {
    for (const Sent& run : runs)
      ASSERT_EQ(run.as_one ? database_->RunAsOne(run.text) : database_->Run(run.text), "") << run.text;
  }
};

TEST_P(LayoutTest, RunsUpAndDownAsTheToolRunsIt) {
  const std::string& layout = GetParam();
  MakeProject("");
  Expect({"export", "--layout", layout, "--out", Path("out")});
  const Snapshot empty = WithoutBooks(database_->TakeSnapshot());
  RunAll(Runs("out", false));
  EXPECT_EQ(Difference(Wanted(), WithoutBooks(database_->TakeSnapshot())), "");
  if (layout == "supabase") return;  // Knows no way down.
  RunAll(Runs("out", true));
  EXPECT_EQ(Difference(empty, WithoutBooks(database_->TakeSnapshot())), "");
}

TEST_P(LayoutTest, KeepsItsFilesAndItsBooks) {
  const std::string& layout = GetParam();
  MakeProject("layout = \"" + layout + "\"\nlayout_folder = \"out\"\n");
  EXPECT_EQ(Schemac({"check"}).out, "all is well: 3 revisions, proved up and down\n");
  const auto count = [&] {
    return layout == "plain"
               ? "0"
               : Trimmed(database_->Query(
                     layout == "supabase" ? "SELECT count(*) FROM supabase_migrations.schema_migrations"
                     : layout == "flyway" ? "SELECT count(*) FROM flyway_schema_history WHERE success"
                     : layout == "goose"  ? "SELECT count(*) - 1 FROM goose_db_version"
                                          : "SELECT count(*) FROM schema_migrations"));
  };
  ASSERT_EQ(database_->Run(Schemac({"upgrade", "--sql"}).out), "");
  const std::string suffix = layout == "rails" ? ".rb" : layout == "golang-migrate" ? ".up.sql" : ".sql";
  std::vector<std::string> names = Names("out", suffix);
  std::erase_if(names, [](const std::string& name) { return name.find("/U") != std::string::npos; });
  const std::size_t files = layout == "golang-migrate" ? 1 : layout == "plain" ? 0 : names.size();
  EXPECT_EQ(count(), std::to_string(files));
  if (layout == "golang-migrate") {
    EXPECT_EQ(database_->Query("SELECT version, dirty FROM schema_migrations"), "300|f\n");
  }
  ASSERT_EQ(database_->Run(Schemac({"downgrade", "base", "--sql"}).out), "");
  EXPECT_EQ(count(), "0");
  const std::string pasted = Schemac({"upgrade", "--sql", "--idempotent"}).out;
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(database_->Run(pasted), "");
    EXPECT_EQ(count(), std::to_string(files));
  }
  // A file that somebody edited is theirs.
  const std::string edited = Names("out", ".sql").front();
  static_cast<void>(
      folder_.Write(edited.substr(folder_.path().size() + 1), ReadFile(edited) + "select 1;\n"));
  EXPECT_EQ(Schemac({"check"}).exit_code, 2);
  EXPECT_THAT(Schemac({"export"}).err, HasSubstr("was edited after it was written"));
  Expect({"export", "--force"});
  EXPECT_EQ(Schemac({"check"}).exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(Tools, LayoutTest,
                         ::testing::Values("dbmate", "flyway", "golang-migrate", "goose", "plain", "rails",
                                           "supabase"),
                         [](const ::testing::TestParamInfo<std::string>& layout) {
                           std::string name = layout.param;
                           std::erase(name, '-');
                           return name;
                         });

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

}  // namespace
}  // namespace schemac::testing
