-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  t ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE t
    ALTER COLUMN a DROP DEFAULT,
    ALTER COLUMN a DROP NOT NULL,
    ALTER COLUMN a TYPE text,
    ALTER COLUMN b TYPE text COLLATE "C",
    ALTER COLUMN c SET STORAGE extended,
    ALTER COLUMN c SET COMPRESSION DEFAULT,
    ALTER COLUMN e TYPE integer,
    ALTER COLUMN d SET DEFAULT 'x';
COMMIT;
