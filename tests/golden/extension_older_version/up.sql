-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   LOSES extension "pg_trgm"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- loses data: extension "pg_trgm"
-- was: CREATE EXTENSION IF NOT EXISTS pg_trgm VERSION '1.4'
DROP EXTENSION pg_trgm;
CREATE EXTENSION IF NOT EXISTS pg_trgm VERSION '1.3';
COMMIT;
