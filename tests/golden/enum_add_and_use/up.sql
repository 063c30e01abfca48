-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  users ACCESS EXCLUSIVE while an index is built
-- data:   loses none

-- part 1 of 2

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TYPE status ADD VALUE IF NOT EXISTS 'invited' AFTER 'active';
COMMIT;

-- part 2 of 2

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE users ALTER COLUMN status SET DEFAULT 'invited';
CREATE INDEX users_invited ON users (id) WHERE status = 'invited';
COMMIT;
