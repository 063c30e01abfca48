-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  rooms ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- fails when the table has rows: they have no value for it
-- fails when rows hold NULL
ALTER TABLE rooms
    ADD COLUMN number integer NOT NULL,
    ALTER COLUMN building SET NOT NULL,
    ADD CONSTRAINT rooms_pkey PRIMARY KEY (building, number);
COMMIT;
