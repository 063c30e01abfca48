-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  archive ACCESS EXCLUSIVE, brief; events SHARE ROW EXCLUSIVE while it is scanned;
--         events_2024 ACCESS EXCLUSIVE while it is scanned; events_2025 ACCESS EXCLUSIVE while it is scanned;
--         events_2026 ACCESS EXCLUSIVE while it is scanned; sources ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT events_source_fkey FOREIGN KEY (source) REFERENCES sources (id)
ALTER TABLE events_2025 DROP CONSTRAINT events_source_fkey;
ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

ALTER TABLE archive DETACH PARTITION events_2026;
ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

ALTER TABLE events ADD CONSTRAINT events_origin_fkey FOREIGN KEY (origin) REFERENCES sources (id);

ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
COMMIT;
