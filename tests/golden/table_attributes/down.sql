-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  t ACCESS EXCLUSIVE while it is rewritten; u ACCESS EXCLUSIVE, brief
-- data:   LOSES column "b" of table "u"

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE t SET LOGGED;
ALTER TABLE t
    RESET (fillfactor),
    REPLICA IDENTITY DEFAULT;

ALTER TABLE u RESET (autovacuum_enabled);

-- loses data: column "b" of table "u"
-- was: b integer
ALTER TABLE u DROP COLUMN b;
COMMIT;
