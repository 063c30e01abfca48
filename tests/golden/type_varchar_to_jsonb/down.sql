-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  events ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events
    ALTER COLUMN payload DROP DEFAULT,
    ALTER COLUMN payload TYPE character varying,
    ALTER COLUMN payload SET DEFAULT '{}';
COMMIT;
