-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- the body below names what is not there
SET LOCAL check_function_bodies = off;
CREATE FUNCTION call_gone(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT gone_function(a) $$;

CREATE FUNCTION count_all() RETURNS bigint LANGUAGE sql AS $$
  WITH few AS (SELECT id FROM account) SELECT count(*) FROM few, pg_class $$;

CREATE FUNCTION count_gone() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM gone AS g WHERE g.x <> ''''';
COMMIT;
