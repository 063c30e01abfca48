-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE SEQUENCE z_numbers;

CREATE SEQUENCE z_quoted;

CREATE FUNCTION a_number() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('z_numbers') + currval( 'public.z_numbers') $$;

CREATE FUNCTION a_quoted() RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''z_quoted'')';

CREATE FUNCTION b_one(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

CREATE TABLE z_later (
    id integer
);

CREATE FUNCTION a_count() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) + b_one(1) FROM z_later $$;
COMMIT;
