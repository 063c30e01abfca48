-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  users ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE UNIQUE INDEX users_email_live ON users (email) WHERE not deleted
DROP INDEX users_email_live;
CREATE UNIQUE INDEX users_email_live ON users (lower(email)) WHERE deleted = false;
COMMIT;
