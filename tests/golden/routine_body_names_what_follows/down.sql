-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  z_later ACCESS EXCLUSIVE, brief
-- data:   LOSES table "z_later"; LOSES sequence "z_numbers"; LOSES sequence "z_quoted"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE FUNCTION a_count() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) + b_one(1) FROM z_later $$
DROP FUNCTION a_count();

-- loses data: table "z_later"
DROP TABLE z_later;

-- was: CREATE FUNCTION a_number() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('z_numbers') + currval( 'public.z_numbers') $$
DROP FUNCTION a_number();

-- loses data: sequence "z_numbers"
-- was: CREATE SEQUENCE z_numbers
DROP SEQUENCE z_numbers;

-- was: CREATE FUNCTION a_quoted() RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''z_quoted'')'
DROP FUNCTION a_quoted();

-- loses data: sequence "z_quoted"
-- was: CREATE SEQUENCE z_quoted
DROP SEQUENCE z_quoted;

-- was: CREATE FUNCTION b_one(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
DROP FUNCTION b_one(integer);
COMMIT;
