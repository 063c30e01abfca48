-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  z_later ACCESS EXCLUSIVE, brief
-- data:   LOSES table "z_later"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE FUNCTION a_count() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) + b_one(1) FROM z_later $$
DROP FUNCTION a_count();

-- loses data: table "z_later"
DROP TABLE z_later;

-- was: CREATE FUNCTION b_one(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
DROP FUNCTION b_one(integer);
COMMIT;
