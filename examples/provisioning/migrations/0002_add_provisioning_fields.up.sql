-- 0002_add_provisioning_fields: Add provisioning fields
-- upgrade from 0001_initial, for PostgreSQL 14 or later; undone by 0002_add_provisioning_fields.down.sql
-- locks:  tenant_onboarding ACCESS EXCLUSIVE while an index is built; tenants ACCESS EXCLUSIVE while an index is built
-- data:   updates rows of tenants; loses none
-- checksum: 6904b6673aec98ac of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_provisioning_fields builds on 0001_initial: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0002_add_provisioning_fields') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_provisioning_fields is already applied (it builds on 0001_initial)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_initial') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_provisioning_fields builds on 0001_initial, which is not applied';
    END IF;
END
$$;

CREATE TYPE provisioning_status AS ENUM (
    'NOT_PROVISIONED', 'PROVISIONING', 'PROVISIONED', 'FAILED', 'PARTIAL'
);

CREATE TYPE provisioning_type AS ENUM ('FULL_POS', 'BASIC', 'CUSTOM');

ALTER TABLE tenant_onboarding
    ADD COLUMN provisioning_type provisioning_type,
    ADD COLUMN provisioning_config jsonb,
    ADD COLUMN provisioning_steps jsonb DEFAULT '{}'::jsonb,
    ADD COLUMN provisioning_metadata jsonb;
CREATE INDEX idx_tenant_onboarding_provisioning_status
    ON tenant_onboarding (tenant_id, status)
    WHERE provisioning_type is not null;

ALTER TABLE tenants
    ADD COLUMN provisioning_status provisioning_status,
    ADD COLUMN provisioned_at timestamp without time zone,
    ADD COLUMN provisioning_error text;

-- a value for the rows that exist
UPDATE tenants SET provisioning_status = 'NOT_PROVISIONED' WHERE provisioning_status IS NULL;
CREATE INDEX idx_tenants_provisioning_status ON tenants (provisioning_status);

INSERT INTO schemac_revision (revision, checksum) VALUES ('0002_add_provisioning_fields', '6904b6673aec98ac');
COMMIT;
