-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  a ACCESS EXCLUSIVE, brief; b ACCESS EXCLUSIVE, brief
-- data:   LOSES column "created_at" of table "a"; LOSES column "updated_at" of table "a"; LOSES table "b"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE TRIGGER touch_updated_at before update ON a for each row execute function touch_updated_at()
DROP TRIGGER touch_updated_at ON a;

-- loses data: column "created_at" of table "a"
-- was: created_at timestamp with time zone DEFAULT now() NOT NULL
-- loses data: column "updated_at" of table "a"
-- was: updated_at timestamp with time zone DEFAULT now() NOT NULL
ALTER TABLE a
    DROP COLUMN created_at,
    DROP COLUMN updated_at;

-- loses data: table "b"
DROP TABLE b;

-- was: CREATE FUNCTION touch_updated_at() returns trigger language plpgsql as $$
--      begin new.updated_at := now(); return new; end
--      $$
DROP FUNCTION touch_updated_at();
COMMIT;
