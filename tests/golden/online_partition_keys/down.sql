-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  events ACCESS EXCLUSIVE, brief; events_2026_two ACCESS EXCLUSIVE, brief; sources ACCESS EXCLUSIVE, brief
-- data:   LOSES table "events_2026_two"
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT events_pkey PRIMARY KEY (id, at, source)
-- was: CONSTRAINT events_source_at_id_key UNIQUE (source, at, id)
-- was: CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id)
ALTER TABLE events
    DROP CONSTRAINT events_pkey,
    DROP CONSTRAINT events_source_at_id_key,
    DROP CONSTRAINT events_source_fkey;

-- loses data: table "events_2026_two"
DROP TABLE events_2026_two;
COMMIT;
