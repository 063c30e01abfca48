CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)';
COMMENT ON FUNCTION public.lower(text) IS 'Turns capitals small, and then large.';
REVOKE ALL ON FUNCTION public.lower(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.lower(text) TO app;
CREATE TABLE t (a text DEFAULT public.lower('B'), b text DEFAULT lower('B'));
