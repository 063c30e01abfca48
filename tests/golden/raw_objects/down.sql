-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE OPERATOR === (leftarg = integer, rightarg = integer, function = int_add)
DROP OPERATOR === (integer, integer);

-- was: CREATE FUNCTION int_add(a integer, b integer) returns integer language sql immutable as $$ select a + b $$
DROP FUNCTION int_add(integer, integer);
COMMIT;
