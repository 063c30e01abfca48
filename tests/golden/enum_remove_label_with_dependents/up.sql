-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  archive ACCESS EXCLUSIVE while it is rewritten; users ACCESS EXCLUSIVE while it is rewritten
-- data:   LOSES label 'suspended' of enum "status"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT status_known CHECK (status <> 'suspended' or id > 0)
ALTER TABLE users DROP CONSTRAINT status_known;

-- depends on enum "status"
DROP INDEX users_live;

-- depends on enum "status"
DROP POLICY live_only ON users;

-- enum "status" is made anew
ALTER TABLE users
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN history DROP DEFAULT;

-- depends on enum "status"
DROP VIEW live_users;

-- depends on enum "status"
DROP FUNCTION count_of(status);

-- made anew without labels it had: fails when rows hold one of them
-- loses data: label 'suspended' of enum "status"
ALTER TYPE status RENAME TO status_old;
CREATE TYPE status AS ENUM ('active', 'inactive');

-- enum "status" is made anew
ALTER TABLE archive ALTER COLUMN status TYPE status USING status::text::status;

-- enum "status" is made anew
ALTER TABLE users
    ALTER COLUMN status TYPE status USING status::text::status,
    ALTER COLUMN history TYPE status[] USING history::text[]::status[],
    ALTER COLUMN status SET DEFAULT 'active',
    ALTER COLUMN history SET DEFAULT '{}',
    ADD CONSTRAINT status_known CHECK (status <> 'inactive' or id > 0);

-- as before: depends on enum "status"
CREATE INDEX users_live ON users (id) WHERE status <> 'inactive';

-- as before: depends on enum "status"
CREATE POLICY live_only ON users FOR SELECT
    USING (status = 'active');

-- as before: depends on enum "status"
CREATE FUNCTION count_of(s status) returns bigint language sql stable as $$ select count(*) from users where status = s $$;

-- as before: depends on enum "status"
CREATE VIEW live_users AS
select id, status from users where status = 'active';
COMMENT ON VIEW live_users IS 'Users who may sign in.';
GRANT SELECT ON TABLE live_users TO app;

-- was: CREATE TYPE status_old AS ENUM ('active', 'inactive', 'suspended')
DROP TYPE status_old;
COMMIT;
