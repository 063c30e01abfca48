-- 0002_service_capacity: Add field capacity to service
-- upgrade from 0001_initial, for PostgreSQL 14 or later; undone by 0002_service_capacity.down.sql
-- locks:  tenant_demo.services_service ACCESS EXCLUSIVE while it is scanned
-- data:   loses none
-- checksum: a00f66373a2bfd95 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0002_service_capacity builds on 0001_initial: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0002_service_capacity') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_service_capacity is already applied (it builds on 0001_initial)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_initial') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_service_capacity builds on 0001_initial, which is not applied';
    END IF;
END
$$;

ALTER TABLE tenant_demo.services_service ADD COLUMN capacity integer DEFAULT 1 NOT NULL;
COMMENT ON COLUMN tenant_demo.services_service.capacity IS 'Maximum number of customers per booking.';
ALTER TABLE tenant_demo.services_service
    ADD CONSTRAINT services_service_capacity_check CHECK (capacity >= 0);

INSERT INTO schemac_revision (revision, checksum) VALUES ('0002_service_capacity', 'a00f66373a2bfd95');
COMMIT;
