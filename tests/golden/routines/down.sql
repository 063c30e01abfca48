-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  boxes ACCESS EXCLUSIVE while it is scanned
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE boxes DROP CONSTRAINT boxes_check;

CREATE FUNCTION area(w integer, h integer) returns integer language sql immutable as $$ select w * h $$;

CREATE OR REPLACE FUNCTION greet(name text) returns text language sql as $$ select 'hello ' || name $$;

CREATE PROCEDURE reset() language plpgsql as $$ begin null; end $$;

-- was: CREATE FUNCTION area(w bigint, h bigint) returns bigint language sql immutable as $$ select w * h $$
DROP FUNCTION public.area(bigint, bigint);

ALTER TABLE boxes ADD CONSTRAINT boxes_check CHECK (public.area(w, h) > 0);

-- was: CREATE FUNCTION greet(name text, times integer default 2) returns setof text language sql as $$ select 'hi ' || name from generate_series(1, times) $$
DROP FUNCTION greet(text, integer);

-- was: CREATE PROCEDURE reset(hard boolean) language plpgsql as $$ begin null; end $$
DROP PROCEDURE reset(boolean);
COMMIT;
