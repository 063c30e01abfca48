-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  visits ACCESS EXCLUSIVE, brief; visits_2024 ACCESS EXCLUSIVE, brief; visits_2025 ACCESS EXCLUSIVE, brief
-- data:   LOSES table "visits_2025"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE INDEX visits_day ON visits (day)
DROP INDEX visits_day;

-- loses data: table "visits_2025"
DROP TABLE visits_2025;

ALTER TABLE visits_2024 RENAME CONSTRAINT visits_2024_pkey TO visits_old_pkey;
COMMIT;
