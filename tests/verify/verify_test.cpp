// `verify`, `stamp` and `current`, on PostgreSQL: silent about a database that is as the model says, and a
// row for each single thing that is broken.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/postgres/project.h"

namespace schemac::testing {
namespace {

constexpr const char* kModel = R"(
schema app;

extension citext;

enum status { active, 'on hold' }
enum "Odd ""name""" { 'x' }

domain email as text not null default 'x@y' constraint plausible check (value like '%@%');

type address as (street text, city text);

sequence numbers as integer increment by 5 start with 10;

--- Who buys.
table customers {
  customer_id bigint generated always as identity primary key;
  mail        email;
  name        varchar(40) collate "C" not null default 'nobody';
  state       status not null default 'active';
  limits      jsonb not null default {"seats": 5, "a": [true, null]};
  tags        text[] not null default array['new', 'unpaid'];
  --- When.
  created_at  timestamptz default now();
  until       date default current_date;
  pause       interval default '1 day 02:00';
  delta       integer default -1;
  ratio       numeric(5, 2) default 0.5;
  label       text generated always as (lower(name) || ' ' || ratio::text) stored;
  odd         "Odd ""name""" default 'x';
  number      integer default nextval('app.numbers');

  check known (name in ('nobody', 'someone', 'else') and ratio between 0 and 100 or not (state = 'on hold'));
  check late (created_at > now() - interval '30 days' and coalesce(delta, 0) <> 3);
  check tagged (tags @> array['new'] or limits ->> 'a' is not null) not valid;
  unique by_mail (mail, state) include (name) deferrable;
  index by_name unique (lower(name), created_at desc nulls last) where state = 'active' and until is not null;
  index by_tags using gin (tags) with (fastupdate = off);
  index by_limits using gin (limits jsonb_path_ops);
  trigger stamp before insert or update for each row execute function touch();
  row level security;
  policy own for select to public using (name = current_user);
  grant select, update to verify_reader with grant option;
}

table orders {
  order_id    bigint primary key;
  customer_id bigint references customers on delete cascade deferrable;
}

function touch() returns trigger language plpgsql as $$
begin
  return new;
end
$$;

function doubled(n integer, s status) returns setof integer language sql immutable strict as 'select 2 * n';

view open_orders as select order_id, customer_id from orders;
)";

// psql's rows, in a transaction that leaves nothing behind and, for the query itself, reads only.
class VerifyTest : public ProjectTest {
 protected:
  void Prepare() override {
    Put("schema/app.schema", kModel);
    Expect({"diff", "-m", "first"});
    ASSERT_EQ(database_->Run(Expect({"upgrade", "--sql"})), "");
    query_ = Expect({"verify", "--sql"});
  }
  std::string Differences(const std::string& change) {
    return database_->Query("BEGIN;\n" + change + ";\nSET TRANSACTION READ ONLY;\n" + query_ + "ROLLBACK;\n");
  }

  std::string query_;
};

TEST_F(VerifyTest, IsSilentWhenAllIsRight) {
  EXPECT_EQ(query_.find("not compared"), query_.rfind("not compared")) << query_.substr(0, 1000);
  EXPECT_NE(query_.find("not compared: the query of view app.open_orders"), std::string::npos);
  EXPECT_EQ(Differences("SELECT"), "");
  EXPECT_EQ(Differences("SET LOCAL search_path = app, public"), "");
  EXPECT_EQ(Differences("SET LOCAL search_path = public"), "");
}

struct Broken {
  const char* change;
  const char* row;  // object|expected|found, as psql shows it.
};

TEST_F(VerifyTest, ShowsEachSingleDifference) {
  const std::vector<Broken> all = {
      {"ALTER TABLE app.orders DROP COLUMN customer_id CASCADE",
       "column app.orders.customer_id|bigint|missing\nview app.open_orders|view|missing\nconstraint "
       "app.orders.orders_customer_id_fkey|foreign key (customer_id) references app.customers (customer_id) "
       "on "
       "delete cascade on update no action deferrable|missing\n"},
      {"ALTER TABLE app.orders ADD COLUMN more text", "column app.orders.more|not there|text\n"},
      {"ALTER TABLE app.customers ALTER COLUMN delta TYPE bigint",
       "column app.customers.delta|integer|bigint\n"},
      {"ALTER TABLE app.customers ALTER COLUMN created_at SET NOT NULL",
       "column app.customers.created_at|timestamp with time zone|timestamp with time zone not null\n"},
      {"ALTER TABLE app.customers ALTER COLUMN name SET DEFAULT 'somebody'",
       "column app.customers.name (default)|'nobody'|'somebody'::character varying\n"},
      {"ALTER TABLE app.customers ALTER COLUMN until DROP DEFAULT",
       "column app.customers.until (default)|CURRENT_DATE|none\n"},
      {"ALTER TABLE app.customers ALTER COLUMN limits SET DEFAULT '{\"seats\": 6}'",
       "column app.customers.limits (default)|'{\"a\": [true, null], \"seats\": 5}'|'{\"seats\": "
       "6}'::jsonb\n"},
      {"ALTER TABLE app.customers ALTER COLUMN pause SET DEFAULT '1 day'",
       "column app.customers.pause (default)|'1 day 02:00:00'|'1 day'::interval\n"},
      {"ALTER TABLE app.customers ALTER COLUMN customer_id SET GENERATED BY DEFAULT",
       "column app.customers.customer_id|bigint not null generated always as identity|bigint not null "
       "generated "
       "by default as identity\n"},
      {"ALTER TYPE app.status RENAME VALUE 'on hold' TO 'held'",
       "enum app.status (labels)|'active', 'on hold'|'active', 'held'\nconstraint app.customers.known "
       "(expression)|(((name = ANY (ARRAY['nobody', 'someone', 'else'])) AND (ratio >= 0) AND (ratio <= "
       "100)) OR (NOT (state = 'on hold')))|"},
      {"ALTER TABLE app.customers DROP CONSTRAINT late, ADD CONSTRAINT late CHECK (created_at > now() - "
       "interval '31 days' and coalesce(delta, 0) <> 3)",
       "constraint app.customers.late (expression)|((created_at > (now() - '30 days')) AND (COALESCE(delta, "
       "0) "
       "<> 3))|((created_at > (now() - '31 days'::interval)) AND (COALESCE(delta, 0) <> 3))\n"},
      {"ALTER TABLE app.customers DROP CONSTRAINT late, ADD CONSTRAINT late CHECK (created_at > now() - "
       "interval '30 days' or coalesce(delta, 0) <> 3)",
       "constraint app.customers.late (expression)|((created_at > (now() - '30 days')) AND (COALESCE(delta, "
       "0) "
       "<> 3))|((created_at > (now() - '30 days'::interval)) OR (COALESCE(delta, 0) <> 3))\n"},
      {"ALTER TABLE app.customers VALIDATE CONSTRAINT tagged",
       "constraint app.customers.tagged|check not valid|check\n"},
      {"ALTER TABLE app.orders ADD CHECK (order_id > 0)",
       "constraint app.orders.orders_order_id_check|not there|check\n"},
      {"ALTER TABLE app.customers DROP CONSTRAINT by_mail, ADD CONSTRAINT by_mail UNIQUE (state, mail) "
       "INCLUDE "
       "(name) DEFERRABLE",
       "constraint app.customers.by_mail|unique (mail, state) include (name) deferrable|unique (state, mail) "
       "include (name) deferrable\n"},
      {"ALTER TABLE app.orders DROP CONSTRAINT orders_customer_id_fkey, ADD FOREIGN KEY (customer_id) "
       "REFERENCES "
       "app.customers DEFERRABLE",
       "constraint app.orders.orders_customer_id_fkey|foreign key (customer_id) references app.customers "
       "(customer_id) on delete cascade on update no action deferrable|foreign key (customer_id) references "
       "app.customers (customer_id) on delete no action on update no action deferrable\n"},
      {"DROP INDEX app.by_tags", "index app.customers.by_tags|index|missing\n"},
      {"DROP INDEX app.by_limits; CREATE INDEX by_limits ON app.customers USING gin (limits)",
       "index app.customers.by_limits (definition)|gin (limits jsonb_path_ops)|gin (limits)\n"},
      {"UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'app.by_tags'::regclass",
       "index app.customers.by_tags|index|invalid index\n"},
      {"CREATE INDEX extra ON app.orders (customer_id)", "index app.orders.extra|not there|index\n"},
      {"ALTER TABLE app.customers DISABLE TRIGGER stamp",
       "trigger app.customers.stamp|before insert or update for each row execute app.touch|before insert or "
       "update for each row execute app.touch disabled\n"},
      {"ALTER POLICY own ON app.customers USING (name <> current_user)",
       "policy app.customers.own (using)|(name = CURRENT_USER)|((name)::text <> CURRENT_USER)\n"},
      {"ALTER TABLE app.customers DISABLE ROW LEVEL SECURITY",
       "table app.customers (row level security)|enabled|disabled\n"},
      {"COMMENT ON TABLE app.customers IS 'Who pays.'",
       "table app.customers (comment)|Who buys.|Who pays.\n"},
      {"COMMENT ON COLUMN app.customers.created_at IS NULL",
       "column app.customers.created_at (comment)|When.|none\n"},
      {"REVOKE UPDATE ON app.customers FROM verify_reader",
       "table app.customers (grant UPDATE to verify_reader)|granted with grant option|not granted\n"},
      {"CREATE OR REPLACE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end'",
       "function app.touch() (body)|\nbegin\n  return new;\nend\n|begin return null; end\n"},
      {"ALTER FUNCTION app.doubled(integer, app.status) VOLATILE",
       "function app.doubled(integer, status)|function in sql immutable strict|function in sql strict\n"},
      {"ALTER SEQUENCE app.numbers INCREMENT BY 6",
       "sequence app.numbers (options)|start 10 increment 5 minvalue 1 maxvalue 2147483647 cache 1|start 10 "
       "increment 6 minvalue 1 maxvalue 2147483647 cache 1\n"},
      {"ALTER DOMAIN app.email DROP CONSTRAINT plausible",
       "domain app.email (constraint plausible)|is there|missing\ndomain app.email (check plausible)|(VALUE "
       "~~ "
       "'%@%')|missing\n"},
      {"ALTER DOMAIN app.email DROP NOT NULL", "domain app.email|domain of text not null|domain of text\n"},
      {"ALTER TYPE app.address ADD ATTRIBUTE zip text",
       "composite type app.address (attributes)|street text, city text|street text, city text, zip text\n"},
      {"ALTER VIEW app.open_orders RENAME COLUMN order_id TO id",
       "view app.open_orders (columns)|order_id, customer_id|id, customer_id\n"},
      {"DROP EXTENSION citext", "extension citext|extension|missing\n"},
      {"DELETE FROM schemac_revision", "revision 0001_first|applied|missing\n"},
      {"DROP TABLE schemac_revision", "revision 0001_first|applied|missing\n"},
  };
  for (const Broken& broken : all) {
    SCOPED_TRACE(broken.change);
    EXPECT_EQ(Differences(broken.change).substr(0, std::string_view(broken.row).size()), broken.row);
  }
}

TEST_F(VerifyTest, AnswersInJson) {
  query_ = Expect({"verify", "--sql", "--format", "json"});
  EXPECT_EQ(Differences("DROP TABLE schemac_revision; COMMENT ON SCHEMA app IS '\"'"),
            R"x({"ok": false, "target": "0001_first", "differences": [)x"
            R"x({"found": "\"", "object": "schema app (comment)", "expected": "none"}, )x"
            R"x({"found": "missing", "object": "revision 0001_first", "expected": "applied"}], )x"
            R"x("not_compared": ["the query of view app.open_orders"], "schema_version": 1})x"
            "\n");
  EXPECT_EQ(Differences("SELECT").find(R"({"ok": true, "target": "0001_first", "differences": [], )"), 0U);
}

TEST_F(VerifyTest, StampsAndTellsWhatIsApplied) {
  Put("schema/app.schema", std::string(kModel) + "table more { id bigint primary key; }\n");
  ASSERT_EQ(Schemac({"diff", "-m", "second"}).exit_code, 0);
  const auto stamp = [&](const std::string& range) {
    return database_->Run(Schemac({"stamp", range, "--sql"}).out);
  };
  const auto applied = [&] {
    std::string rows;
    const std::string out = database_->Query(Schemac({"current", "--sql"}).out);
    for (std::size_t at = 0; at < out.size(); at = out.find('\n', at) + 1)
      rows += out.substr(at, out.find('|', at) - at) + " ";
    return rows;
  };
  const std::string checksums = database_->Query("SELECT checksum FROM schemac_revision");
  EXPECT_EQ(stamp("head"), "");
  EXPECT_EQ(applied(), "0001_first 0002_second ");
  EXPECT_EQ(stamp("head"), "");
  EXPECT_EQ(stamp("0001"), "");
  EXPECT_EQ(applied(), "0001_first ");
  EXPECT_EQ(stamp("base"), "");
  EXPECT_EQ(applied(), "");
  EXPECT_EQ(stamp("0001:head"), "");
  EXPECT_EQ(applied(), "0002_second ");
  EXPECT_EQ(database_->Run("DROP TABLE schemac_revision"), "");
  EXPECT_EQ(stamp("0001"), "");
  // What a stamp writes is what the upgrade would have written.
  EXPECT_EQ(database_->Query("SELECT checksum FROM schemac_revision"), checksums);
  EXPECT_EQ(database_->Query(query_), "");
  EXPECT_EQ(database_->Run("INSERT INTO schemac_revision VALUES ('0009_other', 'x')"), "");
  EXPECT_NE(stamp("head").find("does not know: 0009_other"), std::string::npos);
  EXPECT_EQ(Schemac({"stamp", "head"}).exit_code, 1);
  EXPECT_EQ(Schemac({"stamp", "nope", "--sql"}).exit_code, 1);
}

}  // namespace
}  // namespace schemac::testing
