-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  t ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE t
    ALTER COLUMN a TYPE text COLLATE "POSIX",
    ALTER COLUMN b TYPE text,
    ALTER COLUMN c SET STORAGE external,
    ALTER COLUMN c SET COMPRESSION pglz,
    ALTER COLUMN e TYPE bigint,
    ALTER COLUMN a SET DEFAULT '';

-- fails when rows hold NULL
ALTER TABLE t
    ALTER COLUMN a SET NOT NULL,
    ALTER COLUMN d SET DEFAULT upper('y');
COMMIT;
