-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  users ACCESS EXCLUSIVE while it is rewritten
-- data:   LOSES labels 'pending', 'suspended', 'gone' of enum "status"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- made anew without labels it had: fails when rows hold one of them
-- loses data: labels 'pending', 'suspended', 'gone' of enum "status"
ALTER TYPE status RENAME TO status_old;
CREATE TYPE status AS ENUM ('active', 'inactive');

-- enum "status" is made anew
ALTER TABLE users
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE status USING status::text::status,
    ALTER COLUMN status SET DEFAULT 'active';

-- was: CREATE TYPE status_old AS ENUM ('pending', 'active', 'suspended', 'inactive', 'gone')
DROP TYPE status_old;
COMMIT;
