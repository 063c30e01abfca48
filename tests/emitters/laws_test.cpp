// The laws that the emitters stand for, on pairs of schemas of every kind: what is emitted leads from one to
// the other, a printed model means its catalog, a printed revision does what its diff says.
#include <gtest/gtest.h>

#include "emitters/model/model_printer.h"
#include "harness.h"
#include "schema/diff/apply.h"
#include "schema/diff/diff.h"

namespace schemac::emitters::testing {
namespace {

struct Pair {
  const char* name;
  const char* from;
  const char* to;
};

const Pair kPairs[] = {
    {"Tables", "",
     R"(CREATE TYPE mood AS ENUM ('ok', 'not ok', 'O''Neil', 'select', 'Mixed', 'on', 'oN', 'WAS');
        CREATE TABLE "Odd ""name" (id bigserial PRIMARY KEY, "select" text NOT NULL DEFAULT 'it''s', m mood DEFAULT 'ok',
          index int, "a.b" jsonb DEFAULT '{"a": [1, 2]}'::jsonb, total numeric(10,2) CHECK (total > 0),
          twice numeric GENERATED ALWAYS AS (total * 2) STORED, UNIQUE ("select", m));
        CREATE TABLE child (id integer GENERATED ALWAYS AS IDENTITY (START WITH 10), parent bigint NOT NULL
          REFERENCES "Odd ""name" ON DELETE CASCADE, at timestamptz DEFAULT now() NOT NULL, PRIMARY KEY (id));
        CREATE INDEX child_parent_at ON child (parent, at DESC) WHERE at IS NOT NULL;
        CREATE UNIQUE INDEX ON child (lower(parent::text));
        ALTER TABLE child ADD CONSTRAINT positive CHECK (parent > 0) NOT VALID;
        COMMENT ON TABLE child IS 'A child
of two lines';
        COMMENT ON COLUMN child.at IS ' starts with a blank';)"},
    {"Schemas", "CREATE SCHEMA app; CREATE TABLE app.t (a int);",
     R"(CREATE SCHEMA app; CREATE TYPE app.state AS ENUM ('a', 'b');
        CREATE TABLE app.t (a int, s app.state DEFAULT 'a'); CREATE TABLE public.u (t int); CREATE SCHEMA empty;
        CREATE VIEW app.v AS SELECT a FROM app.t;)"},
    {"LongEnums", "CREATE TYPE a AS ENUM ('x');",
     R"(CREATE TYPE a AS ENUM ('x'); CREATE TYPE payment_intent_status AS ENUM
          ('requires_payment_method', 'requires_action', 'processing', 'succeeded', 'cancelled', 'failed');
        CREATE TYPE payment_intent AS ENUM
          ('requires_payment_method', 'requires_action', 'processing', 'succeeded', 'cancelled', 'fail');
        CREATE TYPE payment AS ENUM
          ('requires_payment_method', 'requires_action', 'processing', 'succeeded', 'cancelled');)"},
    {"Clash", "", "CREATE SCHEMA app; CREATE TABLE t (a int); CREATE TABLE app.t (b int PRIMARY KEY);"},
    {"Columns", "CREATE TABLE t (a int, b text, c varchar(10) DEFAULT 'x', d int NOT NULL);",
     "CREATE TABLE t (a bigint, c text NOT NULL DEFAULT 'y', d int, e uuid DEFAULT gen_random_uuid());"},
    {"Constraints", "CREATE TABLE t (a int UNIQUE, b int, CONSTRAINT c CHECK (b > 0));",
     R"(CREATE TABLE t (a int, b int, CONSTRAINT c CHECK (b > 1), CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (a),
          EXCLUDE USING gist (int4range(a, b) WITH &&) WHERE (a < b), FOREIGN KEY (a) REFERENCES t (b) DEFERRABLE, UNIQUE (b));)"},
    {"Programs", "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1';",
     R"sql(CREATE TABLE t (a int);
        CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ select 2 -- end $$;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$ begin return new; end $body$;
        CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'select a';
        CREATE TRIGGER "On touch" BEFORE INSERT OR UPDATE OF a ON t FOR EACH ROW WHEN (new.a > 0) EXECUTE FUNCTION touch();
        CREATE VIEW v AS SELECT a FROM t WHERE a > 0; CREATE VIEW w (x) AS SELECT a FROM v;
        CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE INDEX m_a ON m (a);
        ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR SELECT TO app USING (a > 0);
        CREATE POLICY every ON t;
        GRANT SELECT, UPDATE (a) ON t TO app; GRANT EXECUTE ON FUNCTION f() TO app WITH GRANT OPTION;
        REVOKE EXECUTE ON FUNCTION touch() FROM PUBLIC;)sql"},
    {"Remarks",
     "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; "
     "end';"
     "CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();",
     R"sql(CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
        CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TRIGGER two BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
        ALTER TABLE t DISABLE TRIGGER one, ENABLE ALWAYS TRIGGER two, ENABLE REPLICA RULE r;
        CREATE FUNCTION g() RETURNS event_trigger LANGUAGE plpgsql AS 'begin null; end';
        CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION g(); ALTER EVENT TRIGGER e ENABLE ALWAYS;
        CREATE TABLE u (a int, b int, CONSTRAINT k UNIQUE (a) USING INDEX TABLESPACE fast);
        CREATE STATISTICS s ON a, b FROM u; ALTER STATISTICS s SET STATISTICS 300;
        CREATE UNLOGGED SEQUENCE q; CREATE VIEW v AS SELECT a FROM u; ALTER VIEW v ALTER a SET DEFAULT 7;
        CREATE FUNCTION eq(int, int) RETURNS boolean LANGUAGE sql AS 'select $1 = $2';
        CREATE OPERATOR === (leftarg = int, rightarg = int, function = eq);
        COMMENT ON OPERATOR === (int, int) IS 'same';)sql"},
    {"Attached",
     "CREATE TABLE p (a int NOT NULL, b int) PARTITION BY LIST (a); CREATE TABLE c (a int NOT NULL, b int);",
     R"(CREATE TABLE p (a int NOT NULL, b int) PARTITION BY LIST (a); CREATE TABLE c (a int NOT NULL, b int);
        ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1); CREATE TABLE d PARTITION OF p (b DEFAULT 5) FOR VALUES IN (2);
        CREATE TABLE base (x int, y int); CREATE TABLE derived (x int, z int) INHERITS (base);
        ALTER TABLE derived ALTER y SET NOT NULL;)"},
    {"Generated", "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED, c serial);",
     "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 2) STORED, c int GENERATED BY DEFAULT AS "
     "IDENTITY);"},
    {"Inherited",
     "CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p FOR VALUES IN (1);",
     "CREATE TABLE p (a int, b bigint DEFAULT 1, d text) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF "
     "p FOR VALUES IN (1);"},
    {"Types", "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (x e DEFAULT 'a'); CREATE DOMAIN d AS int;",
     R"(CREATE TYPE e AS ENUM ('new', 'a', 'middle', 'b'); CREATE TABLE t (x e DEFAULT 'a');
        CREATE DOMAIN d AS int DEFAULT 1 NOT NULL CONSTRAINT pos CHECK (VALUE > 0);
        CREATE TYPE pair AS (a int, b text COLLATE "C"); CREATE TYPE floats AS RANGE (subtype = float8);
        CREATE SEQUENCE s AS smallint INCREMENT BY -1; CREATE SEQUENCE o OWNED BY t.x;)"},
    {"Partitions", "",
     R"(CREATE TABLE p (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        CREATE TABLE base (a int DEFAULT 1); CREATE TABLE derived (b int) INHERITS (base);)"},
    {"ViewColumns",
     R"(CREATE TABLE t (a int, b int, c int); CREATE VIEW v AS SELECT a, b FROM t; CREATE VIEW w AS SELECT a, b FROM t;
        COMMENT ON COLUMN v.a IS 'one'; ALTER VIEW v ALTER b SET DEFAULT 1; GRANT SELECT (a), UPDATE (b) ON v TO app;
        COMMENT ON COLUMN w.a IS 'goes'; ALTER VIEW w ALTER a SET DEFAULT 1; GRANT SELECT (a) ON w TO app;)",
     R"(CREATE TABLE t (a int, b int, c int); CREATE VIEW v AS SELECT a, b FROM t WHERE a > 0; CREATE VIEW w AS SELECT b FROM t;
        COMMENT ON COLUMN v.b IS 'other'; ALTER VIEW v ALTER a SET DEFAULT 2; GRANT SELECT (b), UPDATE (b) ON v TO app;
        CREATE MATERIALIZED VIEW m AS SELECT a FROM t; COMMENT ON COLUMN m.a IS 'new';)"},
    {"ControlBytes", "",
     "CREATE TYPE e AS ENUM ('a'); CREATE FUNCTION f(a e) RETURNS e LANGUAGE sql AS 'select \x01 a; \x01';"},
    {"EmptyTables", "CREATE TABLE t ();",
     "CREATE TABLE t (); CREATE TABLE u (); CREATE VIEW v AS SELECT 1 AS a;"},
    {"Collations", "",
     R"(CREATE COLLATION c FROM "POSIX"; CREATE COLLATION d (provider = icu, locale = 'en-u-kn', deterministic = false);)"},
    {"Options", "CREATE TABLE t (a text) WITH (fillfactor = 50);",
     R"(CREATE UNLOGGED TABLE t (a text COMPRESSION pglz COLLATE "C") WITH (fillfactor = 70, toast.autovacuum_enabled = off);
        ALTER TABLE t ALTER a SET STORAGE external, ALTER a SET STATISTICS 500, ALTER a SET (n_distinct = -0.5);
        ALTER TABLE t REPLICA IDENTITY FULL; COMMENT ON COLUMN t.a IS 'doc';)"},
};

class Laws : public ::testing::TestWithParam<Pair> {};

void ExpectMigrates(const schema::Catalog& from, const schema::Catalog& to) {
  const auto diff = schema::Compare(from, to, {});
  ASSERT_TRUE(diff.ok()) << diff.error().message;
  const std::string script = Migrate(from, to, *diff);
  EXPECT_EQ(Difference(RunSql(script, from), to), "") << script;
}

TEST_P(Laws, WhatIsEmittedLeadsThere) {
  const schema::Catalog from = RunSql(GetParam().from);
  const schema::Catalog to = RunSql(GetParam().to);
  ExpectMigrates(from, to);
  ExpectMigrates(to, from);
}

TEST_P(Laws, APrintedModelMeansItsCatalog) {
  for (const char* sql : {GetParam().from, GetParam().to}) {
    const schema::Catalog catalog = RunSql(sql);
    const std::string model = PrintModel(catalog);
    EXPECT_EQ(Difference(ReadModel(model), catalog), "") << model;
    EXPECT_EQ(Formatted(model), model);
  }
}

TEST_P(Laws, APrintedRevisionDoesWhatItsDiffSays) {
  const schema::Catalog from = RunSql(GetParam().from);
  const schema::Catalog to = RunSql(GetParam().to);
  for (const auto& [before, after] : {std::pair(&from, &to), std::pair(&to, &from)}) {
    const auto diff = schema::Compare(*before, *after, {});
    ASSERT_TRUE(diff.ok()) << diff.error().message;
    const std::string text = PrintRevision({"0002_test", {"0001"}, "Say \"it\""}, *diff, *before, {"all"});
    EXPECT_EQ(Difference(ReadRevision(text, *before), *after), "") << text;
    EXPECT_EQ(Formatted(text), text);
  }
}

TEST(ModelPrinter, SeedRowsStandBehindTheirTable) {
  const schema::Catalog catalog =
      ReadModel("table t { id int primary key; name text; } seed t { { id: 1, name: 'a' }; }");
  const std::string model = PrintModel(catalog);
  EXPECT_EQ(Difference(ReadModel(model), catalog), "") << model;
}

INSTANTIATE_TEST_SUITE_P(Emitters, Laws, ::testing::ValuesIn(kPairs),
                         [](const ::testing::TestParamInfo<Pair>& pair) {
                           return std::string(pair.param.name);
                         });

}  // namespace
}  // namespace schemac::emitters::testing
