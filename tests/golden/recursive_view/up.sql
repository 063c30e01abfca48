-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  path ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE OR REPLACE VIEW path AS
WITH RECURSIVE path (id, depth) AS (SELECT id, 0 FROM folder WHERE parent IS NULL
    UNION ALL
    SELECT f.id, p.depth + 1 FROM folder f JOIN path p ON f.parent = p.id) SELECT id, depth FROM path;
COMMIT;
