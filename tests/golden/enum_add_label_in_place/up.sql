-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TYPE status ADD VALUE IF NOT EXISTS 'pending' BEFORE 'active';
ALTER TYPE status ADD VALUE IF NOT EXISTS 'suspended' AFTER 'active';
ALTER TYPE status ADD VALUE IF NOT EXISTS 'gone';
COMMIT;
