-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- bodies that still spell 'pending': function "invite()"
ALTER TYPE status RENAME VALUE 'pending' TO 'invited';
COMMIT;
