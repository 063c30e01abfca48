-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE FUNCTION int_add(a integer, b integer) returns integer language sql immutable as $$ select a + b $$;

CREATE OPERATOR === (leftarg = integer, rightarg = integer, function = int_add);
COMMIT;
