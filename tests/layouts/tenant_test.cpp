// `tenants`, on PostgreSQL: the booking example for many tenants, one of them broken.
#include <filesystem>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/postgres/process.h"
#include "tests/postgres/server.h"

namespace schemac::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kTenants = 50;

class TenantsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    std::filesystem::copy(std::string(SCHEMAC_SOURCE_DIR) + "/examples/booking", folder_.path() + "/booking",
                          std::filesystem::copy_options::recursive);
    // One as long as the template: the server cuts the texts of a snapshot off.
    std::string names = "# All of them.\n\nWith-Capitals\ntenant_nr_2\n";
    for (int i = 3; i <= kTenants; ++i) names += "t" + std::to_string(i) + "\n";
    Put("tenants.txt", names);
    database_ = Server::Shared()->CreateDatabase();
  }
  void Put(const std::string& name, const std::string& text) const {
    static_cast<void>(folder_.Write("booking/" + name, text));
  }
  [[nodiscard]] ProcessResult Schemac(std::vector<std::string> words, const std::string& input = "") const {
    words.insert(words.begin(), {SCHEMAC_PROGRAM, "-C", folder_.path() + "/booking"});
    return RunProcess(words, {.directory = "", .input = input, .environment = {}, .as_postgres = false});
  }
  std::string Script(const std::vector<std::string>& words) const {
    const ProcessResult done = Schemac(words);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return done.out;
  }
  // The tenants whose ledger has the revision.
  std::string Done(const std::string& revision) {
    std::string count = database_->Query(
        "SELECT sum((xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM "
        "%I.schemac_revision "
        "WHERE revision = %L', n.nspname, '" +
        revision +
        "'), false, true, '')))[1]::text::int) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relname = 'schemac_revision' AND n.nspname <> 'public'");
    count.pop_back();
    return count;
  }
  // What one schema and `public` hold, the schema called "tenant".
  static Snapshot Of(const Snapshot& all, const std::string& schema) {
    Snapshot own;
    for (const auto& [key, value] : all) {
      if (key.find("schemac_revision") != std::string::npos) continue;
      const bool of_tenant = key.find(schema) != std::string::npos;
      const bool shared =
          key.find("users_user") != std::string::npos || key.find("tenant_domain") != std::string::npos;
      if (!of_tenant && !shared) continue;
      own[Renamed(key, schema)] = Renamed(value, schema);
    }
    return own;
  }
  static std::string Renamed(const std::string& text, const std::string& schema) {
    return std::regex_replace(text, std::regex("\"?\\b" + schema + "\\b\"?"), "tenant");
  }

  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
};

TEST_F(TenantsTest, EveryTenantGetsWhatTheModelSays) {
  const std::string script = Script({"tenants"});
  ASSERT_EQ(database_->Run(script), "");
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), std::to_string(kTenants));
  const std::unique_ptr<Database> one = Server::Shared()->CreateDatabase();
  ASSERT_EQ(one->Run(Script({"upgrade", "--sql"})), "");
  const Snapshot wanted = Of(one->TakeSnapshot(), "tenant_demo");
  const Snapshot found = database_->TakeSnapshot();
  EXPECT_GT(wanted.size(), 50U);
  EXPECT_EQ(Difference(wanted, Of(found, "tenant_nr_2")), "");
  EXPECT_EQ(Of(found, "With-Capitals").size(), wanted.size());
  // All of it again, and as one string.
  EXPECT_EQ(database_->Run(script), "");
  EXPECT_EQ(database_->RunAsOne(script), "");
  EXPECT_EQ(Difference(found, database_->TakeSnapshot()), "");
}

TEST_F(TenantsTest, GoesOnAfterTheOneThatIsBroken) {
  ASSERT_EQ(database_->Run(Script({"tenants", "0005"})), "");
  ASSERT_EQ(database_->Run("ALTER TABLE t33.customers_customer DROP COLUMN phone_number"), "");
  const std::string script = Script({"tenants", "0005:head"});
  EXPECT_THAT(database_->Run(script), HasSubstr("phone_number"));
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), "32");
  ASSERT_EQ(database_->Run(
                "ALTER TABLE t33.customers_customer ADD COLUMN phone_number varchar(20) NOT NULL DEFAULT ''"),
            "");
  EXPECT_EQ(database_->Run(script), "");
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), std::to_string(kTenants));
}

TEST_F(TenantsTest, TheirHistoryIsToldWithoutAConnection) {
  const std::string query = Script({"catalog-query", "--applied"});
  ASSERT_EQ(database_->Run(Script({"tenants", "0005"})), "");
  ASSERT_EQ(database_->Run("ALTER TABLE t33.customers_customer DROP COLUMN phone_number;\n"
                           "CREATE SCHEMA stranger;\n"
                           "CREATE TABLE stranger.schemac_revision (LIKE schemac_revision);\n"
                           "CREATE TABLE stranger.other (revision text);\n"
                           "DROP SCHEMA t50 CASCADE"),
            "");
  EXPECT_NE(database_->Run(Script({"tenants", "0005:head"})), "");
  const std::string wanted =
      "base: no revision is applied\n"
      "  1 tenant: stranger\n"
      "0005_cleanup_email_defaults: Mark customers with a placeholder address\n"
      "  17 tenants: t33, t34, t35, t36, t37, t38, t39, t40, t41, t42 and 7 more\n"
      "0006_rename_phone_number_to_phone (head): Rename phone_number to phone\n"
      "  shared schemas\n"
      "  32 tenants: With-Capitals, t10, t11, t12, t13, t14, t15, t16, t17, t18 and 22 more\n"
      "without a table of applied revisions\n"
      "  1 tenant: t50\n"
      "that the list does not name\n"
      "  1 tenant: stranger\n";
  // Either query, answered by one who may only read.
  for (const std::string& text : {query, Script({"catalog-query"})}) {
    const std::string answer = database_->Query("SET default_transaction_read_only = on;\n" + text);
    const ProcessResult told = Schemac({"history", "--tenants", "-"}, answer);
    EXPECT_EQ(told.out, wanted) << told.err;
  }
}

TEST_F(TenantsTest, StopsWhatComesTooEarly) {
  ASSERT_EQ(database_->Run(Script({"tenants", "0002"})), "");
  EXPECT_THAT(database_->Run(Script({"tenants", "0003:0004"})),
              HasSubstr("0003_servicecategory_service_category must be applied"));
  EXPECT_EQ(Done("0004_customer_email_required"), "0");
}

TEST_F(TenantsTest, CanariesAndNewcomers) {
  ASSERT_EQ(database_->Run(Script({"tenants", "0005"})), "");
  Put("schemac.toml", "model = \"schema\"\n[tenants]\nfile = \"tenants.txt\"\ncanary = [\"t5\", \"t9\"]\n");
  ASSERT_EQ(database_->Run(Script({"tenants", "--canary", "0005:head"})), "");
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), "2");
  ASSERT_EQ(database_->Run(Script({"tenants", "0005:head"})), "");
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), std::to_string(kTenants));
  ASSERT_EQ(database_->Run(Script({"tenants", "--tenant", "newcomer"})), "");
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), std::to_string(kTenants + 1));
}

TEST_F(TenantsTest, AFileForEach) {
  const std::string out = folder_.path() + "/out";
  EXPECT_EQ(Schemac({"tenants", "0001", "--tenants", "-", "--out", out}, "a\nb\n").out,
            "wrote 3 files for 2 tenants\n");
  EXPECT_THAT(database_->Run(ReadFile(out + "/02_0001_initial/b.sql")), HasSubstr("0001_initial"));
  ASSERT_EQ(database_->Run(ReadFile(out + "/01_0001_initial_shared.sql")), "");
  ASSERT_EQ(database_->Run(ReadFile(out + "/02_0001_initial/b.sql")), "");
  EXPECT_EQ(Done("0001_initial"), "1");
}

// What is shared goes before, or waits for, what tenants do.
TEST_F(TenantsTest, SharedAndOwnKeepTheirOrder) {
  ASSERT_EQ(database_->Run(Script({"tenants"})), "");
  const std::string tenant = folder_.path() + "/booking/schema/tenant.schema";
  std::string model = ReadFile(tenant);
  const std::string reference = "references users_user on delete set null";
  model.replace(model.find(reference), reference.size(), "");
  Put("schema/tenant.schema", model);
  std::string shared = ReadFile(folder_.path() + "/booking/schema/shared.schema");
  const std::size_t begin = shared.find("table users_user");
  shared.erase(begin, shared.find("}\n", begin) + 2 - begin);
  Put("schema/shared.schema", shared);
  Script({"diff", "-m", "no users", "--allow", "all"});
  Put("schemac.toml", "model = \"schema\"\n[tenants]\nfile = \"tenants.txt\"\ncanary = [\"t5\"]\n");
  const ProcessResult canary = Schemac({"tenants", "0006:head", "--canary"});
  EXPECT_THAT(canary.err, HasSubstr("waits until all tenants have done their part"));
  ASSERT_EQ(database_->Run(canary.out), "");
  EXPECT_EQ(database_->Query("SELECT to_regclass('users_user') IS NOT NULL"), "t\n");
  ASSERT_EQ(database_->Run(Script({"tenants", "0006:head"})), "");
  EXPECT_EQ(database_->Query("SELECT to_regclass('users_user') IS NOT NULL"), "f\n");
  EXPECT_EQ(Done("0007_no_users"), std::to_string(kTenants));
}

// Each part for all, then the next one; what is outside of transactions once more does no harm.
TEST_F(TenantsTest, OnlineRevisionsKeepTheirParts) {
  Put("tenants.txt", "With-Capitals\ntenant_nr_2\nt3\n");
  ASSERT_EQ(database_->Run(Script({"tenants"})), "");
  for (const char* tenant : {"\"With-Capitals\"", "tenant_nr_2"}) {
    ASSERT_EQ(database_->Run("INSERT INTO " + std::string(tenant) +
                             ".services_category (name, created_at, updated_at) "
                             "SELECT n::text, now(), now() FROM generate_series(1, 2000) n"),
              "");
  }
  const std::string tenant = folder_.path() + "/booking/schema/tenant.schema";
  std::string model = ReadFile(tenant);
  const std::string last = "  is_active   boolean      not null default true;\n";
  model.replace(model.find(last), last.size(), last + "  code text not null unique backfill name;\n");
  Put("schema/tenant.schema", model);
  Script({"diff", "-m", "codes", "--online"});
  EXPECT_THAT(Schemac({"tenants", "0005:head"}).err, HasSubstr("print it by itself"));
  const std::string script = Script({"tenants", "0006:head"});
  EXPECT_THAT(script, HasSubstr("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS"));
  EXPECT_THAT(script, HasSubstr("NOT VALID"));
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(database_->Run(script), "");
    EXPECT_EQ(Done("0007_codes"), "3");
    EXPECT_EQ(database_->Query("SELECT count(DISTINCT code) FROM \"With-Capitals\".services_category"),
              "2000\n");
  }
  const std::unique_ptr<Database> one = Server::Shared()->CreateDatabase();
  ASSERT_EQ(one->Run(Script({"upgrade", "--sql"})), "");
  EXPECT_EQ(Difference(Of(one->TakeSnapshot(), "tenant_demo"), Of(database_->TakeSnapshot(), "tenant_nr_2")),
            "");
  ASSERT_EQ(database_->Run(Script({"tenants", "--down"})), "");
  EXPECT_EQ(Done("0007_codes"), "0");
}

TEST_F(TenantsTest, AWayBackForAll) {
  ASSERT_EQ(database_->Run(Script({"tenants", "0005"})), "");
  const Snapshot before = database_->TakeSnapshot();
  ASSERT_EQ(database_->Run(Script({"tenants", "0005:head"})), "");
  ASSERT_NE(Difference(before, database_->TakeSnapshot()), "");
  const std::string back = Script({"tenants", "--down"});
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(database_->Run(back), "");
    EXPECT_EQ(Difference(before, database_->TakeSnapshot()), "");
    EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), "0");
    EXPECT_EQ(Done("0005_cleanup_email_defaults"), std::to_string(kTenants));
    EXPECT_EQ(database_->Query("SELECT max(revision) FROM schemac_revision"),
              "0005_cleanup_email_defaults\n");
  }
  ASSERT_EQ(database_->Run(Script({"tenants", "0005:head"})), "");
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), std::to_string(kTenants));
}

TEST_F(TenantsTest, AllTheWayBack) {
  const Snapshot empty = database_->TakeSnapshot();
  ASSERT_EQ(database_->Run(Script({"tenants"})), "");
  const std::string back = Script({"tenants", "--down", "base"});
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(database_->Run(back), "");
    EXPECT_EQ(database_->Query("SELECT count(*) FROM schemac_revision"), "0\n");
  }
  ASSERT_EQ(database_->Run("DROP TABLE schemac_revision"), "");
  EXPECT_EQ(Difference(empty, database_->TakeSnapshot()), "");
}

TEST_F(TenantsTest, TheWayBackGoesOnAfterTheOneThatIsBroken) {
  ASSERT_EQ(database_->Run(Script({"tenants"})), "");
  ASSERT_EQ(database_->Run("ALTER TABLE t33.customers_customer RENAME COLUMN phone TO fax"), "");
  const std::string back = Script({"tenants", "--down"});
  EXPECT_THAT(database_->Run(back), HasSubstr("phone"));
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), std::to_string(kTenants - 32));
  // What is shared keeps the revision for as long as a tenant has it.
  EXPECT_EQ(database_->Query("SELECT count(*) FROM schemac_revision WHERE revision LIKE '0006%'"), "1\n");
  ASSERT_EQ(database_->Run("ALTER TABLE t33.customers_customer RENAME COLUMN fax TO phone"), "");
  EXPECT_EQ(database_->Run(back), "");
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), "0");
  EXPECT_EQ(database_->Query("SELECT count(*) FROM schemac_revision WHERE revision LIKE '0006%'"), "0\n");
}

TEST_F(TenantsTest, TheWayBackForSomeLeavesWhatIsShared) {
  ASSERT_EQ(database_->Run(Script({"tenants"})), "");
  const ProcessResult some =
      Schemac({"tenants", "--down", "head:0004", "--tenant", "t5", "--tenant", "nobody"});
  EXPECT_THAT(some.err, HasSubstr("what is shared waits until all tenants have done their part"));
  ASSERT_EQ(database_->Run(some.out), "");
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), std::to_string(kTenants - 1));
  EXPECT_EQ(Done("0005_cleanup_email_defaults"), std::to_string(kTenants - 1));
  EXPECT_EQ(database_->Query("SELECT max(revision) FROM schemac_revision"),
            "0006_rename_phone_number_to_phone\n");
  // And forth again.
  ASSERT_EQ(database_->Run(Script({"tenants", "0004:head", "--tenant", "t5"})), "");
  EXPECT_EQ(Done("0006_rename_phone_number_to_phone"), std::to_string(kTenants));
}

TEST_F(TenantsTest, TheWayBackKeepsItsOrder) {
  ASSERT_EQ(database_->Run(Script({"tenants"})), "");
  EXPECT_THAT(database_->Run(Script({"tenants", "--down", "0005:0004"})),
              HasSubstr("0006_rename_phone_number_to_phone must be undone first"));
  EXPECT_EQ(Done("0005_cleanup_email_defaults"), std::to_string(kTenants));
  // No way forth from half-way back.
  const std::string begun = "'0006_rename_phone_number_to_phone (downgrade, part 1 of 2)', 'unfinished'";
  ASSERT_EQ(database_->Run("INSERT INTO schemac_revision VALUES (" + begun + ")"), "");
  EXPECT_THAT(database_->Run(Script({"tenants", "0005:head"})),
              HasSubstr("the way back from 0006_rename_phone_number_to_phone was begun and is not finished"));
  ASSERT_EQ(database_->Run("DELETE FROM schemac_revision WHERE checksum = 'unfinished'"), "");
  // One that is not in the list holds the shared part up.
  ASSERT_EQ(database_->Run(Script({"tenants", "--tenant", "newcomer"})), "");
  EXPECT_THAT(database_->Run(Script({"tenants", "--down"})), HasSubstr("it waits for tenant newcomer"));
  ASSERT_EQ(database_->Run(Script({"tenants", "--down", "--tenant", "newcomer"})), "");
  ASSERT_EQ(database_->Run(Script({"tenants", "--down"})), "");
}

TEST_F(TenantsTest, IndexesBuiltWhileOthersWrite) {
  ASSERT_EQ(database_->Run(Script({"tenants"})), "");
  Script({"revision", "-m", "index"});
  const std::string path = "migrations/0007_index.mdiff";
  Put(path,
      ReadFile(folder_.path() + "/booking/" + path) +
          "\nalter table tenant_demo.staff_member {\n  add index concurrently staff_by_name (name);\n}\n");
  Script({"compile", "0007"});
  EXPECT_THAT(Schemac({"tenants"}).err, HasSubstr("print it by itself: \"schemac tenants 0006_"));
  const std::string script = Script({"tenants", "0006:head"});
  ASSERT_EQ(database_->Run(script), "");
  EXPECT_EQ(database_->Query("SELECT count(*) FROM pg_indexes WHERE indexname = 'staff_by_name'"),
            std::to_string(kTenants) + "\n");
  EXPECT_EQ(Done("0007_index"), std::to_string(kTenants));
  EXPECT_EQ(database_->Run(script), "");
}

TEST_F(TenantsTest, RefusesNamesAndTextsItCannotBeSureOf) {
  for (const std::string name : {"a'b", "pg_x", "public", "", "a$b"}) {
    EXPECT_EQ(Schemac({"tenants", "--tenant", name}).exit_code, 1) << name;
    EXPECT_EQ(Schemac({"tenants", "--tenant", name}).out, "") << name;
  }
  EXPECT_THAT(Schemac({"tenants", "--tenant", "a", "--tenant", "a"}).err, HasSubstr("stands twice"));
  Script({"revision", "-m", "text"});
  const std::string path = "migrations/0007_text.mdiff";
  const std::string head = ReadFile(folder_.path() + "/booking/" + path);
  Put(path, head +
                "\nsql \"x\" {\n  up $$ select set_config('app.x', 'tenant_demo.staff_member', true); $$\n  "
                "down $$ select 1; $$\n}\n");
  Script({"compile", "0007"});
  EXPECT_THAT(Schemac({"tenants"}).err, HasSubstr("a string names the schema tenant_demo"));
  Put(path, head + "\nadd view everyone as select * from tenant_demo.staff_member;\n");
  Script({"compile", "0007", "--force"});
  EXPECT_THAT(Schemac({"tenants"}).err, HasSubstr("is shared and builds on schema \"tenant_demo\""));
}

}  // namespace
}  // namespace schemac::testing
