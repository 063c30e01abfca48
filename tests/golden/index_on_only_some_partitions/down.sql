-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  reading ACCESS EXCLUSIVE, brief; reading_b SHARE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE INDEX reading_at_idx ON ONLY reading (at)
DROP INDEX reading_at_idx;

-- as before: goes with index "reading_at_idx" of table "reading"
CREATE INDEX reading_b_at_idx ON reading_b (at);
COMMIT;
