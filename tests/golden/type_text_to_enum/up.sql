-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  users ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE users DROP CONSTRAINT role_known;
DROP INDEX users_admins;
ALTER TABLE users ALTER COLUMN role DROP DEFAULT;

CREATE TYPE user_role AS ENUM ('user', 'admin');

ALTER TABLE users
    ALTER COLUMN role TYPE user_role USING role::user_role,
    ALTER COLUMN role SET DEFAULT 'user',
    ADD CONSTRAINT role_known CHECK (role in ('user', 'admin'));
CREATE INDEX users_admins ON users (id) WHERE role = 'admin';
COMMIT;
