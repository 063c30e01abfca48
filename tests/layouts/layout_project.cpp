#include "tests/layouts/layout_project.h"

#include <algorithm>

namespace schemac::testing {
namespace {

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

}  // namespace

Snapshot WithoutBooks(Snapshot snapshot) {
  std::erase_if(snapshot, [](const auto& entry) {
    return entry.first.find("schemac_revision") != std::string::npos ||
           entry.first.find("alembic_version") != std::string::npos ||
           entry.first.find("schema_migrations") != std::string::npos ||
           entry.first.find("ar_internal_metadata") != std::string::npos ||
           entry.first.find("sqitch") != std::string::npos;
  });
  return snapshot;
}

void LayoutProject::SetUp() {
  if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  database_ = Server::Shared()->CreateDatabase();
}

void LayoutProject::MakeProject(const std::string& settings) {
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

void LayoutProject::Put(const std::string& name, const std::string& text) const {
  static_cast<void>(folder_.Write(name, text));
}

ProcessResult LayoutProject::Schemac(std::vector<std::string> words) const {
  words.insert(words.begin(), {SCHEMAC_PROGRAM, "-C", folder_.path()});
  return RunProcess(words);
}

void LayoutProject::Expect(const std::vector<std::string>& words) const {
  const ProcessResult done = Schemac(words);
  ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
}

Snapshot LayoutProject::Wanted() const {
  const std::unique_ptr<Database> other = Server::Shared()->CreateDatabase();
  EXPECT_EQ(other->Run(Schemac({"upgrade", "--sql"}).out), "");
  return WithoutBooks(other->TakeSnapshot());
}

ProcessResult LayoutProject::Tool(const std::vector<std::string>& words, const std::string& directory) {
  const std::string name = Trimmed(database_->Query("SELECT current_database()"));
  const std::string port = Trimmed(database_->Query("SHOW port"));
  return RunProcess(
      words, {.directory = directory,
              .input = "",
              .environment = {"PGHOST=" + Server::Shared()->socket(), "PGPORT=" + port, "PGUSER=postgres",
                              "PGDATABASE=" + name, "SQITCH_FULLNAME=Test", "SQITCH_EMAIL=test@example.com",
                              "DATABASE_URL=postgresql://postgres@/" + name +
                                  "?host=" + Server::Shared()->socket() + "&port=" + port},
              .as_postgres = false});
}

std::string LayoutProject::Trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace schemac::testing
