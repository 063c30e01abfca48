// `verify A:B --sql` and `verify --model --sql`, on PostgreSQL: what a range makes, changes and takes away,
// each kind of object missing, different or still there; and nothing that lies outside of it.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/postgres/project.h"

namespace schemac::testing {
namespace {

constexpr const char* kBefore = R"(
enum status { active, gone }
enum old_enum { x }
domain plain as text;
domain old_domain as text;
type pair as (a integer, b integer);
type old_pair as (a integer);
sequence counter increment by 1;
sequence old_counter;
table kept {
  id    bigint primary key;
  total integer;
  name  text default 'a';
  gone  text;
  check total_known (total > 0);
  check old_check (total < 9);
  unique by_name (name);
  unique old_unique (gone);
  index by_total (total);
  index old_index (id, total);
  trigger stamp before update for each row execute function touch();
  trigger old_trigger before insert for each row execute function touch();
  row level security;
  policy own for select to public using (total > 1);
  policy old_policy for select to public using (total > 2);
}
table old_table { id bigint primary key; }
table aside { id bigint primary key; note text; }
function touch() returns trigger language plpgsql as $$ begin return new; end $$;
function doubled(n integer) returns integer language sql immutable as 'select 2 * n';
function old_function() returns integer language sql as 'select 1';
view old_view as select id from aside;
view notes as select id from aside;
materialized view old_totals as select id from aside;
schema app;
)";

constexpr const char* kAfter = R"(
extension citext;
enum status { active, held, gone }
enum fresh { y, z }
domain plain as text constraint plausible check (value <> '');
domain fine as integer not null;
type pair as (a integer, b integer, c text);
type triple as (a integer);
sequence counter increment by 2;
sequence numbers as integer;
--- Stays.
table kept {
  id    bigint primary key;
  total bigint not null default 1;
  name  text default 'b';
  added text;
  check total_known (total > 1);
  check added_known (added <> '');
  unique by_name (name) include (id);
  unique by_added (added);
  index by_total (total desc);
  index by_name_and_total (name, total) where total > 3;
  trigger stamp before insert or update for each row execute function touch();
  trigger again after delete for each row execute function touch();
  row level security;
  policy own for select to public using (total > 5);
  policy mine for select to public using (total > 6);
  grant select to verify_reader;
}
table fresh_table {
  id      bigint generated always as identity primary key;
  kept_id bigint references kept on delete cascade;
}
table aside { id bigint primary key; note text; }
function touch() returns trigger language plpgsql as $$ begin return old; end $$;
function doubled(n integer) returns integer language sql immutable as 'select 3 * n';
function fresh_function() returns integer language sql as 'select 1';
view notes as select id, note from aside;
view fresh_view as select id from aside;
materialized view totals as select id from aside;
schema app;
schema more;
)";

class VerifyRangeTest : public ProjectTest {
 protected:
  void Prepare() override {
    Put("schema/app.schema", kBefore);
    Expect({"diff", "-m", "first"});
    Put("schema/app.schema", kAfter);
    Expect({"diff", "-m", "second", "--no-rename", "--allow", "all", "--backfill", "kept.total=1"});
    ASSERT_EQ(database_->Run(Expect({"upgrade", "--sql"})), "");
  }
  // The query's rows after a change, which is undone.
  std::string After(const std::string& change, const std::string& query) {
    return database_->Query("BEGIN;\n" + change + ";\nSET TRANSACTION READ ONLY;\n" + query + "ROLLBACK;\n");
  }
};

// A change to the database, and a row that it must give: object|expected|found.
struct Wrong {
  const char* change;
  const char* row;
};

const std::vector<Wrong>& Missing() {
  static const std::vector<Wrong> all = {
      {"DROP SCHEMA more", "schema more|schema|missing"},
      {"DROP EXTENSION citext", "extension citext|extension|missing"},
      {"DROP TYPE fresh", "enum public.fresh|enum|missing"},
      {"DROP DOMAIN fine", "domain public.fine|domain of integer not null|missing"},
      {"DROP TYPE triple", "composite type public.triple|composite type|missing"},
      {"DROP SEQUENCE numbers", "sequence public.numbers|sequence of integer|missing"},
      {"ALTER TABLE kept DROP COLUMN added", "column public.kept.added|text|missing"},
      {"ALTER TABLE kept DROP CONSTRAINT added_known", "constraint public.kept.added_known|check|missing"},
      {"ALTER TABLE kept DROP CONSTRAINT by_added", "constraint public.kept.by_added|unique (added)|missing"},
      {"DROP INDEX by_name_and_total", "index public.kept.by_name_and_total|index|missing"},
      {"DROP TRIGGER again ON kept",
       "trigger public.kept.again|after delete for each row execute public.touch|missing"},
      {"DROP POLICY mine ON kept", "policy public.kept.mine|"},
      {"DROP TABLE fresh_table", "table public.fresh_table|table|missing"},
      {"ALTER TABLE fresh_table DROP CONSTRAINT fresh_table_kept_id_fkey",
       "constraint public.fresh_table.fresh_table_kept_id_fkey|foreign key (kept_id) references public.kept "
       "(id) on delete cascade on update no action|missing"},
      {"DROP FUNCTION fresh_function()", "function public.fresh_function()|function in sql|missing"},
      {"DROP VIEW fresh_view", "view public.fresh_view|view|missing"},
      {"DROP MATERIALIZED VIEW totals", "view public.totals|materialized view|missing"},
      {"COMMENT ON TABLE kept IS NULL", "table public.kept (comment)|Stays.|none"},
      {"REVOKE SELECT ON kept FROM verify_reader",
       "table public.kept (grant SELECT to verify_reader)|granted|not granted"},
  };
  return all;
}

const std::vector<Wrong>& Different() {
  static const std::vector<Wrong> all = {
      {"ALTER TYPE status RENAME VALUE 'held' TO 'kept'",
       "enum public.status (labels)|'active', 'held', 'gone'|'active', 'kept', 'gone'"},
      {"ALTER DOMAIN plain DROP CONSTRAINT plausible", "domain public.plain (constraint plausible)|"},
      {"ALTER TYPE pair DROP ATTRIBUTE c",
       "composite type public.pair (attributes)|a integer, b integer, c text|a integer, b integer"},
      {"ALTER SEQUENCE counter INCREMENT BY 1", "sequence public.counter (options)|"},
      {"ALTER TABLE kept ALTER COLUMN total DROP NOT NULL",
       "column public.kept.total|bigint not null|bigint"},
      {"ALTER TABLE kept ALTER COLUMN total DROP DEFAULT", "column public.kept.total (default)|1|none"},
      {"ALTER TABLE kept ALTER COLUMN name SET DEFAULT 'a'",
       "column public.kept.name (default)|'b'|'a'::text"},
      {"ALTER TABLE kept DROP CONSTRAINT total_known, ADD CONSTRAINT total_known CHECK (total > 0)",
       "constraint public.kept.total_known (expression)|(total > 1)|(total > 0)"},
      {"ALTER TABLE kept DROP CONSTRAINT by_name, ADD CONSTRAINT by_name UNIQUE (name)",
       "constraint public.kept.by_name|unique (name) include (id)|unique (name)"},
      {"DROP INDEX by_total; CREATE INDEX by_total ON kept (total)",
       "index public.kept.by_total (definition)|btree (total desc)|btree (total)"},
      {"DROP TRIGGER stamp ON kept; CREATE TRIGGER stamp BEFORE UPDATE ON kept FOR EACH ROW EXECUTE FUNCTION "
       "touch()",
       "trigger public.kept.stamp|before insert or update for each row execute public.touch|before update "
       "for "
       "each row execute public.touch"},
      {"ALTER POLICY own ON kept USING (total > 1)",
       "policy public.kept.own (using)|(total > 5)|(total > 1)"},
      {"CREATE OR REPLACE FUNCTION doubled(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'select 2 * "
       "n'",
       "function public.doubled(integer) (body)|select 3 * n|select 2 * n"},
      {"ALTER FUNCTION doubled(integer) STRICT", "function public.doubled(integer)|"},
      {"ALTER VIEW notes RENAME COLUMN note TO text", "view public.notes (columns)|id, note|id, text"},
      {"UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_total'::regclass",
       "index public.kept.by_total|index|invalid index"},
  };
  return all;
}

// What the range takes away, come back.
const std::vector<Wrong>& StillThere() {
  static const std::vector<Wrong> all = {
      {"CREATE TYPE old_enum AS ENUM ('x')", "enum public.old_enum (gone)|gone|still there"},
      {"CREATE DOMAIN old_domain AS text", "domain public.old_domain (gone)|gone|still there"},
      {"CREATE TYPE old_pair AS (a integer)", "composite type public.old_pair (gone)|gone|still there"},
      {"CREATE SEQUENCE old_counter", "sequence public.old_counter (gone)|gone|still there"},
      {"ALTER TABLE kept ADD COLUMN gone text", "column public.kept.gone (gone)|gone|still there"},
      {"ALTER TABLE kept ADD CONSTRAINT old_check CHECK (total < 9)",
       "constraint public.kept.old_check (gone)|gone|still there"},
      {"ALTER TABLE kept ADD CONSTRAINT old_unique UNIQUE (id)",
       "constraint public.kept.old_unique (gone)|gone|still there"},
      {"CREATE INDEX old_index ON kept (id, total)", "index public.kept.old_index (gone)|gone|still there"},
      {"CREATE TRIGGER old_trigger BEFORE INSERT ON kept FOR EACH ROW EXECUTE FUNCTION touch()",
       "trigger public.kept.old_trigger (gone)|gone|still there"},
      {"CREATE POLICY old_policy ON kept FOR SELECT USING (total > 2)",
       "policy public.kept.old_policy (gone)|gone|still there"},
      {"CREATE TABLE old_table (id bigint)", "table public.old_table (gone)|gone|still there"},
      {"CREATE FUNCTION old_function() RETURNS integer LANGUAGE sql AS 'select 1'",
       "function public.old_function() (gone)|gone|still there"},
      {"CREATE VIEW old_view AS SELECT id FROM aside", "view public.old_view (gone)|gone|still there"},
      {"CREATE MATERIALIZED VIEW old_totals AS SELECT id FROM aside",
       "view public.old_totals (gone)|gone|still there"},
  };
  return all;
}

TEST_F(VerifyRangeTest, ARangeTellsWhatItMakesChangesAndTakesAway) {
  const std::string query = Expect({"verify", "0001:0002", "--sql"});
  ASSERT_EQ(After("SELECT", query), "");
  for (const auto* wrongs : {&Missing(), &Different(), &StillThere()}) {
    for (const Wrong& wrong : *wrongs)
      EXPECT_NE(("\n" + After(wrong.change, query)).find("\n" + std::string(wrong.row)), std::string::npos)
          << wrong.change << "\n"
          << After(wrong.change, query);
  }
  EXPECT_EQ(After("DELETE FROM schemac_revision WHERE revision = '0002_second'", query),
            "revision 0002_second|applied|missing\n");
}

TEST_F(VerifyRangeTest, ARangeSaysNothingOfWhatLiesOutside) {
  const std::string query = Expect({"verify", "0001:0002", "--sql"});
  for (const char* change :
       {"ALTER TABLE aside ADD COLUMN more text",
        "ALTER TABLE aside DROP note CASCADE, ADD note text; CREATE VIEW notes AS SELECT id, note FROM aside",
        "CREATE INDEX ON aside (note)", "DROP SCHEMA app", "CREATE TABLE another (id bigint)",
        "DELETE FROM schemac_revision WHERE revision = '0001_first'"}) {
    EXPECT_EQ(After(change, query), "") << change;
  }
}

TEST_F(VerifyRangeTest, TheModelIsComparedAsAWhole) {
  const std::string query = Expect({"verify", "--model", "--sql"});
  ASSERT_EQ(After("SELECT", query), "");
  for (const auto* wrongs : {&Missing(), &Different()}) {
    for (const Wrong& wrong : *wrongs)
      EXPECT_NE(("\n" + After(wrong.change, query)).find("\n" + std::string(wrong.row)), std::string::npos)
          << wrong.change << "\n"
          << After(wrong.change, query);
  }
  for (const Wrong& extra : std::vector<Wrong>{
           {"ALTER TABLE aside ADD COLUMN more text", "column public.aside.more|not there|text"},
           {"ALTER TABLE aside ADD CONSTRAINT c CHECK (id > 0)", "constraint public.aside.c|not there|check"},
           {"CREATE INDEX i ON aside (note)", "index public.aside.i|not there|index"},
           {"CREATE TRIGGER x BEFORE UPDATE ON aside FOR EACH ROW EXECUTE FUNCTION touch()",
            "trigger public.aside.x|not there|"},
           {"CREATE POLICY p ON aside USING (true)", "policy public.aside.p|not there|"},
           {"DROP SCHEMA app", "schema app|schema|missing"},
           {"DROP TABLE aside CASCADE", "table public.aside|table|missing"},
       }) {
    EXPECT_NE(("\n" + After(extra.change, query)).find("\n" + std::string(extra.row)), std::string::npos)
        << extra.change << "\n"
        << After(extra.change, query);
  }
  // The books are no part of a model.
  EXPECT_EQ(After("DELETE FROM schemac_revision", query), "");
}

}  // namespace
}  // namespace schemac::testing
