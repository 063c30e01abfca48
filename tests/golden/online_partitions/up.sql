-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  events ACCESS EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while it is scanned, then SHARE ROW EXCLUSIVE, brief, then SHARE, brief;
--         events_2025 SHARE ROW EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while it is scanned, then SHARE UPDATE EXCLUSIVE while an index is built;
--         events_2026 SHARE ROW EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while it is scanned, then SHARE UPDATE EXCLUSIVE while an index is built;
--         sources SHARE ROW EXCLUSIVE, brief, then ACCESS EXCLUSIVE, brief
-- data:   updates rows of events a few at a time; loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

-- part 1 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events ADD CONSTRAINT events_id_positive CHECK (id > 0) NOT VALID;

ALTER TABLE events_2025
    ADD CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id) NOT VALID;
COMMIT;

-- part 2 of 14: outside a transaction, where PostgreSQL wants it

-- before NULL is refused
-- outside of transactions: a few pages at a time, each time in one of its own; a second run goes on with the rows that are left
DO $$
#variable_conflict use_column
DECLARE
    schemac_page bigint;
    schemac_pages bigint;
    schemac_rows bigint;
    schemac_filled bigint;
    schemac_before bigint;
BEGIN
    LOOP
        schemac_page := 0;
        schemac_filled := 0;
        LOOP
            SET LOCAL lock_timeout = '5s';
            schemac_pages := (WITH RECURSIVE schemac_tree(relation) AS (
                SELECT 'events'::regclass::oid
                UNION ALL
                SELECT inhrelid FROM pg_inherits JOIN schemac_tree ON inhparent = relation)
              SELECT max(pg_relation_size(relation)) / current_setting('block_size')::bigint FROM schemac_tree);
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE events SET kind = 'none'
              WHERE kind IS NULL
                AND ctid >= format('(%s,0)', schemac_page)::tid
                AND ctid < format('(%s,0)', schemac_page + 8)::tid;
            GET DIAGNOSTICS schemac_rows = ROW_COUNT;
            schemac_filled := schemac_filled + schemac_rows;
            schemac_page := schemac_page + 8;
            COMMIT;
        END LOOP;
        EXIT WHEN schemac_filled = 0 OR schemac_filled >= schemac_before;
        schemac_before := schemac_filled;
    END LOOP;
END
$$;

-- part 3 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

-- proves that no row holds NULL; dropped again below
ALTER TABLE events ADD CONSTRAINT events_kind_not_null CHECK (kind IS NOT NULL) NOT VALID;
COMMIT;

-- part 4 of 14: outside a transaction, where PostgreSQL wants it

-- for rows that came without a value meanwhile
-- outside of transactions: a few pages at a time, each time in one of its own; a second run goes on with the rows that are left
DO $$
#variable_conflict use_column
DECLARE
    schemac_page bigint;
    schemac_pages bigint;
    schemac_rows bigint;
    schemac_filled bigint;
    schemac_before bigint;
BEGIN
    LOOP
        schemac_page := 0;
        schemac_filled := 0;
        LOOP
            SET LOCAL lock_timeout = '5s';
            schemac_pages := (WITH RECURSIVE schemac_tree(relation) AS (
                SELECT 'events'::regclass::oid
                UNION ALL
                SELECT inhrelid FROM pg_inherits JOIN schemac_tree ON inhparent = relation)
              SELECT max(pg_relation_size(relation)) / current_setting('block_size')::bigint FROM schemac_tree);
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE events SET kind = 'none'
              WHERE kind IS NULL
                AND ctid >= format('(%s,0)', schemac_page)::tid
                AND ctid < format('(%s,0)', schemac_page + 8)::tid;
            GET DIAGNOSTICS schemac_rows = ROW_COUNT;
            schemac_filled := schemac_filled + schemac_rows;
            schemac_page := schemac_page + 8;
            COMMIT;
        END LOOP;
        EXIT WHEN schemac_filled = 0 OR schemac_filled >= schemac_before;
        schemac_before := schemac_filled;
    END LOOP;
END
$$;

-- part 5 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events VALIDATE CONSTRAINT events_kind_not_null;
COMMIT;

-- part 6 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events ALTER COLUMN kind SET NOT NULL;
ALTER TABLE events DROP CONSTRAINT events_kind_not_null;
COMMIT;

-- part 7 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events VALIDATE CONSTRAINT events_id_positive;
COMMIT;

-- part 8 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2025 VALIDATE CONSTRAINT events_source_fkey;
COMMIT;

-- part 9 of 14: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS events_2025_kind_idx;
CREATE INDEX CONCURRENTLY IF NOT EXISTS events_2025_kind_idx ON events_2025 (kind);

-- part 10 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2026
    ADD CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id) NOT VALID;
COMMIT;

-- part 11 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE events_2026 VALIDATE CONSTRAINT events_source_fkey;
COMMIT;

-- part 12 of 14: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS events_2026_kind_idx;
CREATE INDEX CONCURRENTLY IF NOT EXISTS events_2026_kind_idx ON events_2026 (kind);

-- part 13 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

-- takes over the foreign keys of the partitions
ALTER TABLE events ADD CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id);
COMMIT;

-- part 14 of 14

BEGIN;
SET LOCAL lock_timeout = '5s';

-- takes over the indexes of the partitions
CREATE INDEX events_kind ON events (kind);
COMMIT;
