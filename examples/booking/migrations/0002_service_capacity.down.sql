-- 0002_service_capacity: Add field capacity to service
-- downgrade to 0001_initial, for PostgreSQL 14 or later; undoes 0002_service_capacity.up.sql
-- locks:  tenant_demo.services_service ACCESS EXCLUSIVE, brief
-- data:   LOSES column "capacity" of table "tenant_demo.services_service"
-- checksum: e82a5b7a3c4e0271 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0002_service_capacity is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0002_service_capacity') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_service_capacity is not applied, so the way back to 0001_initial does not start here';
    END IF;
END
$$;

-- was: CONSTRAINT services_service_capacity_check CHECK (capacity >= 0)
-- loses data: column "capacity" of table "tenant_demo.services_service"
-- was: capacity integer DEFAULT 1 NOT NULL
ALTER TABLE tenant_demo.services_service
    DROP CONSTRAINT services_service_capacity_check,
    DROP COLUMN capacity;

DELETE FROM schemac_revision WHERE revision = '0002_service_capacity';
COMMIT;
