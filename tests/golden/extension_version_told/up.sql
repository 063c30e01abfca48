-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER EXTENSION pg_trgm UPDATE TO '1.6';

ALTER EXTENSION unaccent UPDATE TO '1.1';
COMMIT;
