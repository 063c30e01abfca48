-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  events ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events
    ALTER COLUMN payload DROP DEFAULT,
    ALTER COLUMN payload TYPE jsonb USING payload::jsonb,
    ALTER COLUMN payload SET DEFAULT '{}'::jsonb;
COMMIT;
