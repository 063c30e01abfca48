-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  t ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

COMMENT ON FUNCTION public.lower(text) IS 'Turns capitals small, and then large.';
REVOKE EXECUTE ON FUNCTION public.lower(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.lower(text) TO app;

ALTER TABLE t
    ALTER COLUMN a SET DEFAULT public.lower('B'),
    ALTER COLUMN b SET DEFAULT lower('B');

-- was: CREATE FUNCTION upper(a text, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
DROP FUNCTION public.upper(text, text);
COMMIT;
