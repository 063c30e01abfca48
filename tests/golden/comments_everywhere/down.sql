-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  t ACCESS EXCLUSIVE, brief; v ACCESS EXCLUSIVE, brief
-- data:   LOSES column "b" of table "t"; LOSES schema "app"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT a_positive CHECK (a > 0)
ALTER TABLE t DROP CONSTRAINT a_positive;

-- was: CREATE INDEX t_a ON t (a)
DROP INDEX t_a;
COMMENT ON TABLE t IS 'Old words.';

-- loses data: column "b" of table "t"
-- was: b integer
ALTER TABLE t DROP COLUMN b;

-- was: CREATE VIEW v AS
--      select count(*) as n from t
DROP VIEW v;

-- was: CREATE FUNCTION f() returns integer language sql as $$ select 1 $$
DROP FUNCTION f();

-- was: CREATE TYPE app.kind AS ENUM ('a', 'b')
DROP TYPE app.kind;

-- loses data: schema "app"
DROP SCHEMA app;
COMMIT;
