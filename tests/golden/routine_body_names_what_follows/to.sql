SET check_function_bodies = false;
CREATE TABLE kept (id integer);
CREATE FUNCTION a_count() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) + b_one(1) FROM z_later $$;
CREATE FUNCTION b_one(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE z_later (id integer);
