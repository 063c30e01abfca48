-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER DOMAIN email ADD CONSTRAINT email_short CHECK (length(value) < 255);
ALTER DOMAIN email SET DEFAULT 'a@b';

ALTER DOMAIN quantity SET DEFAULT 2;
ALTER DOMAIN quantity DROP NOT NULL;
COMMIT;
