// SQL in: `schemac import`, SQL as the model, and `init --from-sql`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ImportTest : public ::testing::Test {
 protected:
  std::string& File(const std::string& path) { return world_.files.texts[path]; }
  [[nodiscard]] bool Has(const std::string& path) const { return world_.files.texts.contains(path); }
  // The import means what the SQL means: nothing differs.
  void ExpectSame(const std::string& left, const std::string& right) {
    const Outcome outcome = world_.Run({"diff", "--from", left, "--to", right, "--exit-code"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  }

  FakeWorld world_;
};

constexpr const char* kDump = R"(
\restrict abc
SET statement_timeout = 0;
CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'Ours.';
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE TYPE app.state AS ENUM ('on', 'off');
CREATE TABLE app.users (id bigint NOT NULL, state app.state DEFAULT 'on' NOT NULL);
CREATE TABLE public.users (id integer);
CREATE TABLE app.logs (id bigint);
CREATE VIEW app.active AS SELECT id FROM app.users WHERE state = 'on';
CREATE FUNCTION public.one() RETURNS integer LANGUAGE sql AS 'select 1';
ALTER TABLE ONLY app.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
INSERT INTO app.users VALUES (1, 'on'), (2, 'off');
COPY public.users (id) FROM stdin;
1
\.
INSERT INTO app.logs VALUES (3);
GRANT SELECT ON app.users TO reader;
)";

TEST_F(ImportTest, PrintsAModelThatMeansTheSame) {
  File("dump.sql") = kDump;
  const Outcome printed = world_.Run({"import", "dump.sql"});
  ASSERT_EQ(printed.exit_code, 0) << printed.err;
  EXPECT_THAT(printed.err, HasSubstr("passed over, as they change no schema: 1 COPY, 2 INSERT, 1 SET"));
  File("model.schema") = printed.out;
  ExpectSame("dump.sql", "model.schema");
  world_.input = kDump;
  EXPECT_EQ(world_.Run({"import", "-"}).out, printed.out);
}

// As a dump has them, after the partition or its index was renamed.
TEST_F(ImportTest, NamesWhatPartitionsHaveFromTheirParent) {
  File("dump.sql") =
      "create table ev (id bigint not null, at date not null) partition by range (at);"
      "create table ev_1 (id bigint not null, at date not null);"
      "alter table only ev attach partition ev_1 for values from ('2024-01-01') to ('2025-01-01');"
      "alter table only ev add constraint ev_pkey primary key (id, at);"
      "alter table only ev_1 add constraint old_pkey primary key (id, at);"
      "create index ev_at on only ev (at); create index old_at on ev_1 (at);"
      "alter index ev_pkey attach partition old_pkey; alter index ev_at attach partition old_at;"
      "create table ev_2 partition of ev default; alter index ev_2_pkey rename to two;"
      "alter index ev_2_at_idx rename to ev_2_pkey; comment on index ev_2_pkey is 'no key';";
  const Outcome printed = world_.Run({"import", "dump.sql"});
  ASSERT_EQ(printed.exit_code, 0) << printed.err;
  EXPECT_THAT(printed.out, HasSubstr("to ('2025-01-01') {\n"
                                     "  constraint old_pkey partition of ev_pkey;\n"
                                     "  index old_at partition of ev_at;\n}\n"));
  EXPECT_THAT(printed.out, HasSubstr("default {\n"
                                     "  constraint two partition of ev_pkey;\n"
                                     "  --- no key\n  index ev_2_pkey partition of ev_at;\n}\n"));
  File("model.schema") = printed.out;
  ExpectSame("dump.sql", "model.schema");
}

TEST_F(ImportTest, PrintsAnEnumWithoutLabelsAsItIsLaidOut) {
  File("empty.sql") = "create type e as enum ();";
  EXPECT_EQ(world_.Run({"import", "empty.sql"}).out, "enum e {}\n");
}

// Its name comes before those of what it stands on; what is done to its columns is kept with it.
TEST_F(ImportTest, TakesForeignTables) {
  File("dump.sql") =
      "create foreign data wrapper w; create server s foreign data wrapper w;"
      "create foreign table items (id int, name text) server s;"
      "alter foreign table items alter column id options (column_name 'ID');"
      "comment on column items.name is 'as shown'; comment on foreign table items is 'elsewhere';";
  const Outcome printed = world_.Run({"import", "dump.sql"});
  ASSERT_EQ(printed.exit_code, 0) << printed.err;
  File("model.schema") = printed.out;
  ExpectSame("dump.sql", "model.schema");
}

TEST_F(ImportTest, SplitsIntoAFileASubject) {
  File("dump.sql") = kDump;
  const Outcome outcome = world_.Run({"import", "dump.sql", "-o", "model"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  for (const char* path :
       {"model/database.schema", "model/app/types.schema", "model/app/tables.schema",
        "model/app/views.schema", "model/public/functions.schema", "model/public/tables.schema"}) {
    EXPECT_TRUE(Has(path)) << path << "\n" << outcome.out;
    EXPECT_THAT(outcome.out, HasSubstr(std::string("wrote ") + path));
  }
  ExpectSame("dump.sql", "model");
  EXPECT_EQ(world_.Run({"fmt", "--check", "model"}).exit_code, 0)
      << world_.Run({"fmt", "--check", "model"}).out;
  // Nothing is replaced.
  EXPECT_THAT(world_.Run({"import", "dump.sql", "-o", "model"}).err, HasSubstr("exists already"));
}

TEST_F(ImportTest, OneSchemaNeedsNoFolders) {
  File("dump.sql") = "create table t (a int); create view v as select a from t; create domain d as int;";
  ASSERT_EQ(world_.Run({"import", "dump.sql", "-o", "model"}).exit_code, 0);
  EXPECT_TRUE(Has("model/tables.schema") && Has("model/views.schema") && Has("model/types.schema"));
  ASSERT_EQ(world_.Run({"import", "dump.sql", "-o", "flat.sql"}).exit_code, 0);
  ExpectSame("dump.sql", "flat.sql");
  EXPECT_THAT(File("flat.sql"), Not(HasSubstr("BEGIN")));
}

TEST_F(ImportTest, WhatCannotBeReadIsRefusedAtItsPlace) {
  File("bad.sql") = "create table t (a int);\n\\i more.sql\nselect 1;\ncreate tabel u ();\n";
  const Outcome outcome = world_.Run({"import", "bad.sql", "-o", "x.schema"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("bad.sql:2:1: error: psql's \\i is not run here"),
                                 HasSubstr("bad.sql:4:8: error")));
  EXPECT_FALSE(Has("x.schema"));
  File("m.schema") = "table t { a int; }";
  EXPECT_THAT(world_.Run({"import", "m.schema"}).err, HasSubstr("is a model already"));
  EXPECT_THAT(world_.Run({"import", "bad.sql", "--layout", "nope"}).err, HasSubstr("--layout"));
}

// ---- SQL as the model

TEST_F(ImportTest, SqlIsTheModelOfAProject) {
  ASSERT_EQ(world_.Run({"init", "--sql"}).exit_code, 0);
  EXPECT_THAT(File("schemac.toml"), HasSubstr("model      = \"schema.sql\""));
  ASSERT_EQ(world_.Run({"diff"}).exit_code, 0);
  EXPECT_TRUE(Has("migrations/0001_initial.up.sql"));
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
  File("schema.sql") =
      "create table tasks (id bigint generated always as identity primary key,\n"
      " headline text not null, done boolean not null default false,\n"
      " created_at timestamptz not null default now());\n"
      "comment on table tasks is 'What someone wants done.';\n";
  EXPECT_EQ(world_.Run({"check"}).exit_code, 2);
  EXPECT_THAT(world_.Run({"diff"}).err, HasSubstr("--rename tasks.title=headline"));
  const Outcome diff = world_.Run({"diff", "-m", "Headline", "--rename", "tasks.title=headline"});
  ASSERT_EQ(diff.exit_code, 0) << diff.err;
  EXPECT_THAT(File("migrations/0002_headline.up.sql"), HasSubstr("RENAME COLUMN title TO headline"));
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
  const Outcome fmt = world_.Run({"fmt", "--check"});
  EXPECT_EQ(fmt.exit_code, 0);
  EXPECT_THAT(fmt.err, HasSubstr("the model is SQL"));
  EXPECT_THAT(world_.Run({"fmt", "schema.sql"}).err, HasSubstr("schema.sql is SQL"));
}

TEST_F(ImportTest, CommentsOfAnSqlModelTellRenamesAndBackfills) {
  File("schemac.toml") = "model = \"schema.sql\"\n";
  File("schema.sql") =
      "create type mood as enum ('ok');\n"
      "create table clients (id int primary key, phone_number text, \"Odd\" int, m mood);\n"
      "create index clients_phone on clients (phone_number);\n";
  ASSERT_EQ(world_.Run({"diff"}).exit_code, 0);
  File("schema.sql") =
      "create type feeling as enum ('ok'); -- schemac: was mood\n"
      "CREATE TABLE customers (   -- schemac: was clients\n"
      "    id int primary key,\n"
      "    phone  text,           -- schemac: was phone_number\n"
      "    /* schemac: was \"Odd\" */\n"
      "    even int, m feeling,\n"
      "    region text NOT NULL   -- schemac: backfill 'eu'\n"
      ");\n"
      "-- schemac: was clients_phone\n"
      "create index customers_phone on customers (phone);\n"
      "alter table customers rename constraint customers_pkey to clients_pkey;\n";
  const Outcome diff = world_.Run({"diff", "-m", "two"});
  ASSERT_EQ(diff.exit_code, 0) << diff.err;
  EXPECT_THAT(
      File("migrations/0002_two.up.sql"),
      AllOf(HasSubstr("ALTER TABLE clients RENAME TO customers"),
            HasSubstr("RENAME COLUMN phone_number TO phone"), HasSubstr("RENAME COLUMN \"Odd\" TO even"),
            HasSubstr("ALTER TYPE mood RENAME TO feeling"),
            HasSubstr("ALTER INDEX clients_phone RENAME TO customers_phone"),
            HasSubstr("UPDATE customers SET region = 'eu'"), Not(HasSubstr("DROP"))));
  // Spent hints do nothing.
  EXPECT_THAT(world_.Run({"diff"}).err, HasSubstr("nothing to do"));
  EXPECT_EQ(world_.Run({"check"}).exit_code, 0);
}

TEST_F(ImportTest, HintsThatSayNothingAreErrors) {
  const auto error = [&](const std::string& text) {
    File("x.sql") = text;
    return world_.Run({"diff", "--from", "empty", "--to", "x.sql"}).err;
  };
  EXPECT_THAT(error("create table t (\n  a int -- schemac: wsa b\n);"),
              HasSubstr("x.sql:2:21: error: no hint reads"));
  EXPECT_THAT(error("select 1; -- schemac: was b\n"), HasSubstr("stands at nothing"));
  EXPECT_THAT(error("create table t (a int); -- schemac: was b.c\n"), HasSubstr("takes one name"));
  EXPECT_THAT(error("create table t (a int -- schemac: backfill b c\n);"), HasSubstr("x.sql:1:"));
  EXPECT_THAT(error("-- schemac: was b\ncreate table t (); drop table t;"),
              HasSubstr("not there in the end"));
}

TEST_F(ImportTest, SqlModelsMayBeFoldersButNotMixed) {
  File("schemac.toml") = "model = [\"sql\", \"more.sql\"]\n";
  File("sql/1_types.sql") = "create type state as enum ('a');";
  File("sql/2_tables.sql") = "create table t (s state);";
  File("more.sql") = "create view v as select s from t;";
  EXPECT_EQ(world_.Run({"diff"}).exit_code, 0);
  File("more.sql") = "create view v as select x from t;";
  EXPECT_THAT(world_.Run({"diff"}).err, HasSubstr("more.sql:1:"));
  File("schemac.toml") = "model = [\"sql\", \"m\"]\n";
  File("m/a.schema") = "table u { a int; }";
  EXPECT_THAT(world_.Run({"diff"}).err, HasSubstr("a schema is either"));
}

// ---- A past in SQL

TEST_F(ImportTest, AHistoryOfFlywayGoesOn) {
  File("db/V1__users.sql") = "create table users (id bigint primary key);\n";
  File("db/V2__names.sql") = "alter table users add column name text;\ninsert into users values (1);\n";
  File("db/V10__orders.sql") = "create table orders (id bigint primary key, u bigint references users);\n";
  File("db/U10__orders.sql") = "drop table orders;\n";
  const Outcome init = world_.Run({"init", "--from-sql", "db"});
  ASSERT_EQ(init.exit_code, 0) << init.err;
  EXPECT_THAT(init.err, AllOf(HasSubstr("read 3 scripts in the order of the layout \"flyway\""),
                              HasSubstr("left out db/U10__orders.sql"), HasSubstr("1 INSERT"),
                              HasSubstr("stamp 0001_baseline")));
  EXPECT_TRUE(Has("schema/tables.schema"));
  EXPECT_THAT(File("migrations/0001_baseline.up.sql"), HasSubstr("CREATE TABLE orders"));
  EXPECT_THAT(world_.Run({"diff"}).err, HasSubstr("nothing to do"));
  const Outcome check = world_.Run({"check"});
  EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
  EXPECT_EQ(world_.Run({"fmt", "--check"}).exit_code, 0);
  ExpectSame("db", "head");
  EXPECT_THAT(world_.Run({"diff", "--from", "db", "--to", "head"}).err, HasSubstr("layout \"flyway\""));

  File("schema/more.schema") = "table notes { id bigint primary key; }";
  ASSERT_EQ(world_.Run({"diff"}).exit_code, 0);
  EXPECT_THAT(File("migrations/0002_create_notes.up.sql"), HasSubstr("0001_baseline"));
}

TEST_F(ImportTest, ThePastKeepsItsFolderAndMayStaySql) {
  File("app/migrations/20200101000000_a.sql") = "create table a (i int);";
  File("app/migrations/20210101000000_b.sql") = "alter table a add column j int;";
  const Outcome init = world_.Run({"init", "app", "--sql", "--from-sql", "app/migrations"});
  ASSERT_EQ(init.exit_code, 0) << init.err;
  EXPECT_THAT(init.err, HasSubstr("layout \"supabase\""));
  EXPECT_THAT(File("app/schemac.toml"), HasSubstr("migrations = \"revisions\""));
  EXPECT_TRUE(Has("app/revisions/0001_baseline.up.sql"));
  EXPECT_THAT(File("app/schema.sql"), HasSubstr("CREATE TABLE a (\n    i integer,\n    j integer\n);"));
  EXPECT_EQ(world_.Run({"-C", "app", "check"}).exit_code, 0);
}

TEST_F(ImportTest, AFaultInThePastIsToldInItsFile) {
  File("db/001_a.up.sql") = "create table a (i int);";
  File("db/001_a.down.sql") = "drop table a;";
  File("db/002_b.up.sql") = "alter table a\n  add column i int;";
  const Outcome init = world_.Run({"init", "--from-sql", "db"});
  EXPECT_EQ(init.exit_code, 1);
  EXPECT_THAT(init.err, HasSubstr("db/002_b.up.sql:2:"));
  EXPECT_FALSE(Has("schemac.toml"));
  EXPECT_THAT(init.out, IsEmpty());
}

TEST_F(ImportTest, AFileWithBothWaysCountsUpwardsOnly) {
  File("001.sql") = "-- migrate:up\ncreate table a (i int);\n-- migrate:down\ndrop table a;\n";
  EXPECT_THAT(world_.Run({"diff", "--from", "empty", "--to", "001.sql"}).out, HasSubstr("CREATE TABLE a"));
}

}  // namespace
}  // namespace schemac
