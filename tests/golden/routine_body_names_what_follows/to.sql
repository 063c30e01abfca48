SET check_function_bodies = false;
CREATE TABLE kept (id integer);
CREATE FUNCTION a_count() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) + b_one(1) FROM z_later $$;
CREATE FUNCTION b_one(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE z_later (id integer);
CREATE FUNCTION a_number() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('z_numbers') + currval( 'public.z_numbers') $$;
CREATE FUNCTION a_quoted() RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''z_quoted'')';
CREATE SEQUENCE z_numbers;
CREATE SEQUENCE z_quoted;
