-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  item ACCESS EXCLUSIVE, brief
-- data:   LOSES column "note" of table "item"

BEGIN;
SET LOCAL lock_timeout = '5s';

DROP VIEW item_named;

-- loses data: column "note" of table "item"
-- was: note text
ALTER TABLE item DROP COLUMN note;

CREATE VIEW item_named AS
SELECT i.*, 'x'::text AS name FROM item i;
COMMIT;
