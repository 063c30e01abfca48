-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  item ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE VIEW item_named AS
--      SELECT id, title, 'x'::text AS name FROM item i
DROP VIEW item_named;

ALTER TABLE item ADD COLUMN note text;

CREATE VIEW item_named AS
SELECT id, title, note, 'x'::text AS name FROM item i;
COMMIT;
