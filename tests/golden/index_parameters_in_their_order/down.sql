-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  event ACCESS EXCLUSIVE, brief; event_at SHARE UPDATE EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE INDEX event_host
--          ON event USING brin (host inet_minmax_ops) WITH (pages_per_range = 16, autosummarize = on)
DROP INDEX event_host;
ALTER INDEX event_at SET (pages_per_range = 64, autosummarize = off);
COMMIT;
