-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  rooms ACCESS EXCLUSIVE, brief
-- data:   LOSES column "number" of table "rooms"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- loses data: column "number" of table "rooms"
-- was: number integer NOT NULL
ALTER TABLE rooms
    DROP COLUMN number,
    ALTER COLUMN building DROP NOT NULL;
COMMIT;
