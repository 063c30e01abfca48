CREATE TABLE account (id integer);
SET check_function_bodies = false;
-- What these read was dropped after they were made.
CREATE FUNCTION count_gone() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM gone AS g WHERE g.x <> ''''';
CREATE FUNCTION call_gone(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT gone_function(a) $$;
CREATE FUNCTION count_all() RETURNS bigint LANGUAGE sql AS $$
  WITH few AS (SELECT id FROM account) SELECT count(*) FROM few, pg_class $$;
