-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  events ACCESS EXCLUSIVE, brief; sources ACCESS EXCLUSIVE, brief
-- data:   loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT events_id_positive CHECK (id > 0)
-- was: CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id)
ALTER TABLE events
    DROP CONSTRAINT events_id_positive,
    DROP CONSTRAINT events_source_fkey;

-- was: CREATE INDEX events_kind ON events (kind)
DROP INDEX events_kind;
ALTER TABLE events ALTER COLUMN kind DROP NOT NULL;
COMMIT;
