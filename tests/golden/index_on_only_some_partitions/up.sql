-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  reading SHARE while an index is built; reading_a ACCESS EXCLUSIVE while an index is built;
--         reading_a2 ACCESS EXCLUSIVE while an index is built; reading_b ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE INDEX reading_a2_at_idx ON reading_a2 (at);

CREATE INDEX reading_a_at_idx ON ONLY reading_a (at);

CREATE INDEX reading_at_idx ON ONLY reading (at);

ALTER INDEX reading_at_idx ATTACH PARTITION reading_a_at_idx;

ALTER INDEX reading_a_at_idx ATTACH PARTITION reading_a2_at_idx;

ALTER INDEX reading_at_idx ATTACH PARTITION reading_b_at_idx;
COMMIT;
