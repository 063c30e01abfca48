-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  users ACCESS EXCLUSIVE while it is scanned
-- data:   loses none

-- part 1 of 2

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TYPE status ADD VALUE IF NOT EXISTS 'suspended';
COMMIT;

-- part 2 of 2

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT status_known CHECK (status <> 'inactive' or id > 0)
ALTER TABLE users
    DROP CONSTRAINT status_known,
    ADD CONSTRAINT status_known CHECK (status <> 'suspended' or id > 0);
COMMIT;
