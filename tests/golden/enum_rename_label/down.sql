-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TYPE status RENAME VALUE 'invited' TO 'pending';
COMMIT;
