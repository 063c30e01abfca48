-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  t ACCESS EXCLUSIVE while it is rewritten; u ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE t SET UNLOGGED;
ALTER TABLE t
    SET (fillfactor = 70),
    REPLICA IDENTITY FULL;

ALTER TABLE u SET (autovacuum_enabled = false);
ALTER TABLE u ADD COLUMN b integer;
COMMIT;
