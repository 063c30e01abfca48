-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  boxes ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- made anew: PostgreSQL cannot change it in place
ALTER TYPE size RENAME TO size_old;
CREATE TYPE size AS ENUM ('large', 'small', 'medium');

-- enum "size" is made anew
ALTER TABLE boxes
    ALTER COLUMN size DROP DEFAULT,
    ALTER COLUMN size TYPE size USING size::text::size,
    ALTER COLUMN size SET DEFAULT 'small';

-- was: CREATE TYPE size_old AS ENUM ('small', 'medium', 'large')
DROP TYPE size_old;
COMMIT;
