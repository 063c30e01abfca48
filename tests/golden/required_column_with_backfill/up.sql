-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  tenants ACCESS EXCLUSIVE while it is scanned
-- data:   updates rows of tenants; loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE tenants
    ADD COLUMN region text,
    ADD COLUMN seats integer DEFAULT 5 NOT NULL;

-- before NULL is refused
UPDATE tenants SET name = 'unnamed' WHERE name IS NULL;
ALTER TABLE tenants ALTER COLUMN name SET NOT NULL;

-- a value for the rows that exist
UPDATE tenants SET region = 'eu' WHERE region IS NULL;
ALTER TABLE tenants ALTER COLUMN region SET NOT NULL;
COMMIT;
