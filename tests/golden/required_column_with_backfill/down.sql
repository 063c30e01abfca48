-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  tenants ACCESS EXCLUSIVE, brief
-- data:   LOSES column "region" of table "tenants"; LOSES column "seats" of table "tenants"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- loses data: column "region" of table "tenants"
-- was: region text NOT NULL
-- loses data: column "seats" of table "tenants"
-- was: seats integer DEFAULT 5 NOT NULL
ALTER TABLE tenants
    ALTER COLUMN name DROP NOT NULL,
    DROP COLUMN region,
    DROP COLUMN seats;
COMMIT;
