// `catalog-query` and `drift`, on PostgreSQL: a database that our SQL made has no drift; a change by hand is
// found, and the script that mends it does so.
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
type span as range (subtype = float8, subtype_diff = float8mi);
sequence numbers as integer increment by 5 start with 10;
collation german (provider = icu, locale = 'de-DE');
aggregate product(integer) (sfunc = int4mul, stype = integer, initcond = '1');

--- Who buys.
table customers with (fillfactor = 80) {
  customer_id bigint generated always as identity (start 100) primary key;
  mail        email;
  handle      citext;
  name        varchar(40) collate "C" not null default 'nobody' statistics 500;
  state       status not null default 'active';
  limits      jsonb not null default {"seats": 5, "a": [true, null]} storage external;
  tags        text[] not null default array['new', 'unpaid'];
  home        address;
  --- When.
  created_at  timestamptz default now();
  ratio       numeric(5, 2) default 0.5;
  label       text generated always as (lower(name) || ' ' || ratio::text) stored;
  odd         "Odd ""name""" default 'x';
  number      integer default nextval('app.numbers');

  check known (name in ('nobody', 'someone', 'else') and ratio between 0 and 100 or not (state = 'on hold'));
  check tagged (tags @> array['new'] or limits ->> 'a' is not null) not valid;
  unique by_mail (mail, state) include (name) deferrable;
  index by_name unique (lower(name), created_at desc nulls last) where state = 'active';
  index by_tags using gin (tags) with (fastupdate = off);
  trigger stamp before insert or update of name for each row when (new.name is not null) execute function touch();
  row level security;
  policy own for select to public using (name = current_user);
  grant select, update to drift_reader with grant option;
  disable trigger stamp;
}

table orders {
  order_id    bigserial primary key;
  customer_id bigint references customers on delete cascade deferrable;
  rule keep as on delete do instead nothing;
  replica identity full;
}

table readings partition by range (taken_at) {
  taken_at date not null;
  value    integer;
  primary key (taken_at);
  index readings_value (value);
}
table readings_2024 partition of readings for values from ('2024-01-01') to ('2025-01-01');
table readings_rest partition of readings default;

table things {
  thing_id integer primary key default 1;
  check thing_positive (thing_id > 0);
}
table parts inherits (things) {
  weight numeric;
}

function touch() returns trigger language plpgsql as $$
begin
  return new;
end
$$;
function doubled(n integer default 1, s status default 'active') returns setof integer language sql immutable strict as 'select 2 * n';
function secret() returns integer language sql as 'select 1';
procedure sweep() language plpgsql as $$ begin null; end $$;
revoke execute on function secret() from public;

view open_orders with (security_barrier = true) as select order_id, customer_id from orders;
view busy as select customer_id, count(*) as orders from open_orders group by customer_id;
materialized view totals as select customer_id, count(*) as orders from orders group by customer_id {
  index totals_customer unique (customer_id);
}
statistics state_name (dependencies) on name, state from customers;

seed things key (thing_id) { { thing_id: 5 }; }
)";

class DriftTest : public ProjectTest {
 protected:
  void Prepare() override {
    Put("schema/app.schema", kModel);
    Expect({"diff", "-m", "first"});
    query_ = Expect({"catalog-query"});
    MakeDatabase();
  }
  void MakeDatabase() {
    database_ = Server::Shared()->CreateDatabase();
    ASSERT_EQ(database_->Run(Schemac({"upgrade", "--sql"}).out), "");
  }
  ProcessResult Drift(std::vector<std::string> more = {}) {
    const std::string answer =
        Put("answer.json", database_->Query("SET default_transaction_read_only = on;\n" + query_));
    more.insert(more.begin(), {"drift", answer});
    return Schemac(more);
  }

  std::string query_;
};

TEST_F(DriftTest, ADatabaseOfOursHasNone) {
  const ProcessResult drift = Drift();
  EXPECT_EQ(drift.exit_code, 0) << drift.out << drift.err;
  EXPECT_EQ(drift.out, "no drift: the database holds what 0001_first says\n");
  EXPECT_EQ(drift.err, "not compared: the rows of app.things\n");

  const ProcessResult dumped = Schemac({"drift", Put("dump.sql", database_->Dump())});
  EXPECT_EQ(dumped.exit_code, 0) << dumped.out << dumped.err;

  // As it comes out of psql or of a web editor.
  const std::string answer = database_->Query(query_);
  EXPECT_EQ(Schemac({"drift", Put("aligned.txt", " catalog \n------\n " + answer + "(1 row)\n")}).exit_code,
            0);
  std::string csv;
  for (const char byte : answer.substr(0, answer.find_last_not_of('\n') + 1))
    csv += byte == '"' ? "\"\"" : std::string(1, byte);
  EXPECT_EQ(Schemac({"drift", Put("answer.csv", "catalog\n\"" + csv + "\"\n")}).exit_code, 0);
  const ProcessResult cut = Schemac({"drift", Put("cut.json", answer.substr(0, answer.size() / 2))});
  EXPECT_EQ(cut.exit_code, 1);
  EXPECT_NE(cut.err.find("not the whole answer"), std::string::npos) << cut.err;
}

struct Change {
  const char* sql;
  const char* told;  // How the report begins.
};

TEST_F(DriftTest, AChangeIsFoundAndMended) {
  const std::vector<Change> all = {
      {"ALTER TABLE app.orders ADD COLUMN more text",
       "unexpected: column \"more\" of table \"app.orders\"\n"},
      {"ALTER TABLE app.parts ALTER COLUMN weight TYPE numeric(6, 2)",
       "different:  column \"weight\" of table \"app.parts\": type numeric(6,2) to numeric\n"},
      {"ALTER TABLE app.customers ALTER COLUMN name SET DEFAULT 'somebody'",
       "different:  column \"name\" of table \"app.customers\": default 'somebody'::character varying to "
       "'nobody'\n"},
      {"ALTER TABLE app.customers ALTER COLUMN created_at SET NOT NULL",
       "different:  column \"created_at\" of table \"app.customers\": nullable\n"},
      {"DROP INDEX app.by_tags", "missing:    index \"by_tags\" of table \"app.customers\"\n"},
      {"CREATE TABLE app.more (id integer)", "unexpected: table \"app.more\"\n"},
      {"ALTER TABLE app.customers ENABLE TRIGGER stamp",
       "different:  trigger \"stamp\" of table \"app.customers\": definition\n"},
      {"ALTER TABLE app.customers DISABLE ROW LEVEL SECURITY",
       "different:  table \"app.customers\": definition\n"},
      {"COMMENT ON COLUMN app.customers.created_at IS 'Then.'",
       "different:  column \"created_at\" of table \"app.customers\": comment\n"},
      {"CREATE OR REPLACE VIEW app.busy AS SELECT customer_id, 0::bigint AS orders FROM app.open_orders",
       "different:  view \"app.busy\": definition\n"},
      {"CREATE OR REPLACE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end'",
       "different:  function \"app.touch()\": definition\n"},
      {"ALTER TYPE app.status ADD VALUE 'gone'",
       "different:  enum \"app.status\": labels active, on hold, gone to active, on hold\n"},
      {"REVOKE UPDATE ON app.customers FROM drift_reader",
       "different:  table \"app.customers\": privileges\n"},
      {"GRANT EXECUTE ON FUNCTION app.secret() TO PUBLIC",
       "different:  function \"app.secret()\": privileges\n"},
      {"ALTER SEQUENCE app.numbers INCREMENT BY 6", "different:  sequence \"app.numbers\": definition\n"},
      {"DROP TABLE app.readings_rest", "missing:    table \"app.readings_rest\"\n"},
      {"ALTER TABLE app.orders DROP CONSTRAINT orders_customer_id_fkey",
       "missing:    constraint \"orders_customer_id_fkey\" of table \"app.orders\"\n"},
  };
  for (const Change& change : all) {
    SCOPED_TRACE(change.sql);
    MakeDatabase();
    ASSERT_EQ(database_->Run(change.sql), "");
    const ProcessResult drift = Drift();
    EXPECT_EQ(drift.exit_code, 2);
    EXPECT_EQ(drift.out, change.told) << drift.err;
    const ProcessResult repair = Drift({"--sql", "--allow", "all"});
    EXPECT_EQ(repair.exit_code, 2) << repair.err;
    EXPECT_EQ(database_->Run(repair.out), "") << repair.out;
    EXPECT_EQ(Drift().exit_code, 0) << Drift().out << repair.out;
  }
}

TEST_F(DriftTest, WhatNoRevisionSpeaksOfIsTold) {
  ASSERT_EQ(database_->Run(
                "CREATE SCHEMA platform; CREATE TABLE platform.t (id integer); CREATE EXTENSION hstore;\n"
                "GRANT SELECT ON app.orders TO drift_reader;\n"
                "CREATE OPERATOR app.=== (leftarg = text, rightarg = text, function = texteq);"),
            "");
  const ProcessResult drift = Drift();
  EXPECT_EQ(drift.exit_code, 0) << drift.out;
  EXPECT_EQ(drift.err,
            "not compared: extension hstore, of which no revision speaks\n"
            "not compared: schema platform, of which no revision speaks\n"
            "not compared: the rows of app.things\n"
            "not compared: operator app.===(pg_catalog.text,pg_catalog.text)\n");
  EXPECT_EQ(Drift({"--grants"}).out, "different:  table \"app.orders\": privileges\n");
  const ProcessResult json = Drift({"--grants", "--format", "json"});
  EXPECT_NE(json.out.find("\"verdict\": \"different\""), std::string::npos) << json.out;
}

}  // namespace
}  // namespace schemac::testing
