-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  pending_users ACCESS EXCLUSIVE, brief; users ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE INDEX users_pending ON users (id) WHERE status = 'pending'
DROP INDEX users_pending;

ALTER TYPE status RENAME VALUE 'pending' TO 'invited';

ALTER TABLE users ALTER COLUMN status SET DEFAULT 'invited';
CREATE INDEX users_pending ON users (id) WHERE status = 'invited';

CREATE OR REPLACE VIEW pending_users AS
select id from users where status = 'invited';
COMMIT;
