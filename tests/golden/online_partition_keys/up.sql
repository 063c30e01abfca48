-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  events ACCESS EXCLUSIVE, brief, then SHARE ROW EXCLUSIVE, brief;
--         events_2025 SHARE ROW EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while an index is built, then ACCESS EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while it is scanned;
--         events_2026 ACCESS EXCLUSIVE, brief;
--         events_2026_one SHARE UPDATE EXCLUSIVE while an index is built, then ACCESS EXCLUSIVE, brief, then SHARE ROW EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while it is scanned;
--         sources SHARE ROW EXCLUSIVE, brief, then ACCESS EXCLUSIVE, brief
-- data:   loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

-- part 1 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE events_2026_two PARTITION OF events_2026 FOR VALUES IN (2);

ALTER TABLE events_2025
    ADD CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id) NOT VALID;
COMMIT;

-- part 2 of 15: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS events_2025_pkey;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS events_2025_pkey ON events_2025 (id, at, source);

-- part 3 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2025 ADD CONSTRAINT events_2025_pkey PRIMARY KEY USING INDEX events_2025_pkey;
COMMIT;

-- part 4 of 15: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS events_2025_source_at_id_key;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS events_2025_source_at_id_key
    ON events_2025 (source, at, id);

-- part 5 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2025
    ADD CONSTRAINT events_2025_source_at_id_key UNIQUE USING INDEX events_2025_source_at_id_key;
COMMIT;

-- part 6 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2025 VALIDATE CONSTRAINT events_source_fkey;
COMMIT;

-- part 7 of 15: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS events_2026_one_pkey;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS events_2026_one_pkey
    ON events_2026_one (id, at, source);

-- part 8 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2026_one
    ADD CONSTRAINT events_2026_one_pkey PRIMARY KEY USING INDEX events_2026_one_pkey;
COMMIT;

-- part 9 of 15: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS events_2026_one_source_at_id_key;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS events_2026_one_source_at_id_key
    ON events_2026_one (source, at, id);

-- part 10 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2026_one
    ADD CONSTRAINT events_2026_one_source_at_id_key UNIQUE USING INDEX events_2026_one_source_at_id_key;
COMMIT;

-- part 11 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2026_one
    ADD CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id) NOT VALID;
COMMIT;

-- part 12 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2026_one VALIDATE CONSTRAINT events_source_fkey;
COMMIT;

-- part 13 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

-- takes over the keys of the partitions
ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (id, at, source);
COMMIT;

-- part 14 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

-- takes over the keys of the partitions
ALTER TABLE events ADD CONSTRAINT events_source_at_id_key UNIQUE (source, at, id);
COMMIT;

-- part 15 of 15

BEGIN;
SET LOCAL lock_timeout = '5s';

-- takes over the foreign keys of the partitions
ALTER TABLE events ADD CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id);
COMMIT;
