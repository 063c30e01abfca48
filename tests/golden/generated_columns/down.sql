-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  t ACCESS EXCLUSIVE while it is rewritten
-- data:   LOSES column "gone" of table "t"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: sum integer GENERATED ALWAYS AS (a + b + 1) STORED
ALTER TABLE t
    ALTER COLUMN plain DROP EXPRESSION,
    DROP COLUMN sum,
    ADD COLUMN sum integer GENERATED ALWAYS AS (a + b) STORED;

-- loses data: column "gone" of table "t"
-- was: gone integer
ALTER TABLE t
    DROP COLUMN gone,
    ADD COLUMN gone integer GENERATED ALWAYS AS (a) STORED;
COMMIT;
