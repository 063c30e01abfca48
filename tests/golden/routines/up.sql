-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  boxes ACCESS EXCLUSIVE while it is scanned
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE boxes DROP CONSTRAINT boxes_check;

CREATE FUNCTION area(w bigint, h bigint) returns bigint language sql immutable as $$ select w * h $$;

CREATE OR REPLACE FUNCTION greet(name text) returns text language sql stable as $$ select 'hi ' || name $$;

CREATE FUNCTION greet(name text, times integer default 2) returns setof text language sql as $$ select 'hi ' || name from generate_series(1, times) $$;

CREATE PROCEDURE reset(hard boolean) language plpgsql as $$ begin null; end $$;

-- was: CREATE FUNCTION area(w integer, h integer) returns integer language sql immutable as $$ select w * h $$
DROP FUNCTION public.area(integer, integer);

ALTER TABLE boxes ADD CONSTRAINT boxes_check CHECK (public.area(w, h) > 0);

-- was: CREATE PROCEDURE reset() language plpgsql as $$ begin null; end $$
DROP PROCEDURE reset();
COMMIT;
