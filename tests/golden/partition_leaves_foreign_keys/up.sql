-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  archive SHARE UPDATE EXCLUSIVE, brief; events ACCESS EXCLUSIVE, brief; events_2024 ACCESS EXCLUSIVE, brief;
--         events_2025 ACCESS EXCLUSIVE while it is scanned; events_2026 ACCESS EXCLUSIVE while it is scanned;
--         kinds ACCESS EXCLUSIVE, brief; sources ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT events_origin_fkey FOREIGN KEY (origin) REFERENCES sources (id)
ALTER TABLE events DROP CONSTRAINT events_origin_fkey;

ALTER TABLE events DETACH PARTITION events_2024;

-- came from the table that it leaves
-- was: CONSTRAINT events_kind_fkey FOREIGN KEY (kind) REFERENCES kinds (id)
-- was: CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id)
ALTER TABLE events_2024
    DROP CONSTRAINT events_kind_fkey,
    DROP CONSTRAINT events_source_fkey;

ALTER TABLE events DETACH PARTITION events_2025;

-- came from the table that it leaves
-- was: CONSTRAINT events_kind_fkey FOREIGN KEY (kind) REFERENCES kinds (id)
ALTER TABLE events_2025
    DROP CONSTRAINT events_kind_fkey,
    DROP CONSTRAINT events_source_fkey,
    ADD CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id);

ALTER TABLE events DETACH PARTITION events_2026;

-- came from the table that it leaves
-- was: CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id)
ALTER TABLE events_2026 DROP CONSTRAINT events_source_fkey;
ALTER TABLE archive ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
COMMIT;
