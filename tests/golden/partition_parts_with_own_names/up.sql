-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  visits ACCESS EXCLUSIVE while an index is built; visits_2024 ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE visits_2024 RENAME CONSTRAINT visits_old_pkey TO visits_2024_pkey;

CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX visits_2025_by_day ON visits_2025 (day);

CREATE INDEX visits_2024_by_day ON visits_2024 (day);

CREATE INDEX visits_day ON visits (day);
COMMIT;
