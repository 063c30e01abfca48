-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  t ACCESS EXCLUSIVE while it is rewritten
-- data:   LOSES column "plain" of table "t"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: sum integer GENERATED ALWAYS AS (a + b) STORED
ALTER TABLE t
    ALTER COLUMN gone DROP EXPRESSION,
    DROP COLUMN sum,
    ADD COLUMN sum integer GENERATED ALWAYS AS (a + b + 1) STORED;

-- loses data: column "plain" of table "t"
-- was: plain integer
ALTER TABLE t
    DROP COLUMN plain,
    ADD COLUMN plain integer GENERATED ALWAYS AS (b * 2) STORED;
COMMIT;
