-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  users ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE users DROP CONSTRAINT role_known;
DROP INDEX users_admins;
ALTER TABLE users
    ALTER COLUMN role DROP DEFAULT,
    ALTER COLUMN role TYPE text,
    ALTER COLUMN role SET DEFAULT 'user',
    ADD CONSTRAINT role_known CHECK (role in ('user', 'admin'));
CREATE INDEX users_admins ON users (id) WHERE role = 'admin';

-- was: CREATE TYPE user_role AS ENUM ('user', 'admin')
DROP TYPE user_role;
COMMIT;
