-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  item ACCESS EXCLUSIVE, brief
-- data:   LOSES column "note" of table "item"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE VIEW item_named AS
--      SELECT id, title, note, 'x'::text AS name FROM item i
DROP VIEW item_named;
CREATE VIEW item_named AS
SELECT id, title, 'x'::text AS name FROM item i;

-- loses data: column "note" of table "item"
-- was: note text
ALTER TABLE item DROP COLUMN note;
COMMIT;
