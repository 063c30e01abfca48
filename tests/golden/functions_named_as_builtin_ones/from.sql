CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)';
CREATE FUNCTION upper(a text, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a text DEFAULT public.lower('A'), b text DEFAULT lower('A'));
