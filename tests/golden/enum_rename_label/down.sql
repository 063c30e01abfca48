-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  pending_users ACCESS EXCLUSIVE, brief; users ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE INDEX users_pending ON users (id) WHERE status = 'invited'
DROP INDEX users_pending;

ALTER TYPE status RENAME VALUE 'invited' TO 'pending';

ALTER TABLE users ALTER COLUMN status SET DEFAULT 'pending';
CREATE INDEX users_pending ON users (id) WHERE status = 'pending';

CREATE OR REPLACE VIEW pending_users AS
select id from users where status = 'pending';
COMMIT;
