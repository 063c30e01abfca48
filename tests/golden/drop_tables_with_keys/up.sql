-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  children ACCESS EXCLUSIVE, brief; parents ACCESS EXCLUSIVE, brief; stays ACCESS EXCLUSIVE, brief
-- data:   LOSES table "children"; LOSES table "parents"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT stays_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES parents (id)
ALTER TABLE stays DROP CONSTRAINT stays_parent_id_fkey;

-- loses data: table "children"
DROP TABLE children;

-- loses data: table "parents"
DROP TABLE parents;
COMMIT;
