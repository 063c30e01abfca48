-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  t ACCESS EXCLUSIVE, brief
-- data:   LOSES column "b" of table "t"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- loses data: column "b" of table "t"
-- was: b float_span
ALTER TABLE t DROP COLUMN b;

-- was: CREATE TYPE address AS (
--          street text,
--          city character varying(80),
--          zip text
--      )
DROP TYPE address;
CREATE TYPE address AS (
    street text,
    city text
);

ALTER TABLE t ADD COLUMN a address;

-- was: CREATE TYPE float_span AS RANGE (subtype = double precision)
DROP TYPE float_span;
COMMIT;
