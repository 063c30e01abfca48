-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  event SHARE while an index is built; event_at SHARE UPDATE EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER INDEX event_at SET (pages_per_range = 32, autosummarize = off);
CREATE INDEX event_host
    ON event USING brin (host inet_minmax_ops) WITH (pages_per_range = 16, autosummarize = on);
COMMIT;
