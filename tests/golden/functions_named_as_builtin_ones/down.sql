-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  t ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE FUNCTION upper(a text, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';

COMMENT ON FUNCTION public.lower(text) IS NULL;
REVOKE EXECUTE ON FUNCTION public.lower(text) FROM app;
GRANT EXECUTE ON FUNCTION public.lower(text) TO PUBLIC;

ALTER TABLE t
    ALTER COLUMN a SET DEFAULT public.lower('A'),
    ALTER COLUMN b SET DEFAULT lower('A');
COMMIT;
