-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER DOMAIN email DROP CONSTRAINT email_short;
ALTER DOMAIN email DROP DEFAULT;

ALTER DOMAIN quantity SET DEFAULT 1;
ALTER DOMAIN quantity SET NOT NULL;
COMMIT;
