-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE FUNCTION call_gone(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT gone_function(a) $$
DROP FUNCTION call_gone(integer);

-- was: CREATE FUNCTION count_all() RETURNS bigint LANGUAGE sql AS $$
--        WITH few AS (SELECT id FROM account) SELECT count(*) FROM few, pg_class $$
DROP FUNCTION count_all();

-- was: CREATE FUNCTION count_gone() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM gone AS g WHERE g.x <> '''''
DROP FUNCTION count_gone();
COMMIT;
