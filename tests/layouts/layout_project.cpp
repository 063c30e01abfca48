#include "tests/layouts/layout_project.h"

namespace schemac::testing {
namespace {

std::string Source(const std::string& name) {
  std::string text = ReadFile(std::string(SCHEMAC_SOURCE_DIR) + "/tests/layouts/project/" + name);
  EXPECT_NE(text, "") << name;
  return text;
}

void Replace(std::string& text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  ASSERT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), with);
}

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

std::string TestNameOf(const ::testing::TestParamInfo<std::string>& layout) {
  std::string name = layout.param;
  std::erase(name, '-');
  return name;
}

void LayoutProject::MakeProject(const std::string& settings) {
  Put("schemac.toml", settings);
  std::string model = Source("first.schema");
  Put("schema/app.schema", model);
  Expect({"diff", "-m", "first"});
  // A label that is added and used.
  Replace(model, "active, gone", "active, paused, gone");
  Replace(model, "default 'active'", "default 'paused'");
  Put("schema/app.schema", model);
  Expect({"diff", "-m", "second: it's \"so\" #{x}"});
  Expect({"revision", "-m", "third"});
  const std::string third = "migrations/0003_third.mdiff";
  Put(third, File(third) + Source("third.changes"));
  Expect({"compile", "0003"});
  Replace(model, "E'a\\tb';\n",
          "E'a\\tb';\n  region text;\n  index customers_phone (phone);\n"
          "  trigger touch before update for each row execute function touch();\n");
  Put("schema/app.schema", model);
}

Snapshot LayoutProject::Wanted() const { return WithoutBooks(SnapshotAfter(Expect({"upgrade", "--sql"}))); }

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
