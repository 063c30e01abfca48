-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  t ACCESS EXCLUSIVE, brief
-- data:   LOSES column "a" of table "t"

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TYPE float_span AS RANGE (subtype = double precision);

-- loses data: column "a" of table "t"
-- was: a address
ALTER TABLE t
    ADD COLUMN b float_span,
    DROP COLUMN a;

-- was: CREATE TYPE address AS (
--          street text,
--          city text
--      )
DROP TYPE address;
CREATE TYPE address AS (
    street text,
    city character varying(80),
    zip text
);
COMMIT;
