-- 0002_add_provisioning_fields: Add provisioning fields
-- downgrade to 0001_initial, for PostgreSQL 14 or later; undoes 0002_add_provisioning_fields.up.sql
-- locks:  tenant_onboarding ACCESS EXCLUSIVE, brief; tenants ACCESS EXCLUSIVE, brief
-- data:   LOSES column "provisioning_type" of table "tenant_onboarding";
--         LOSES column "provisioning_config" of table "tenant_onboarding";
--         LOSES column "provisioning_steps" of table "tenant_onboarding";
--         LOSES column "provisioning_metadata" of table "tenant_onboarding";
--         LOSES column "provisioning_status" of table "tenants"; LOSES column "provisioned_at" of table "tenants";
--         LOSES column "provisioning_error" of table "tenants"
-- checksum: 5de8c6bdee912680 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_provisioning_fields is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0002_add_provisioning_fields') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_provisioning_fields is not applied, so the way back to 0001_initial does not start here';
    END IF;
END
$$;

-- was: CREATE INDEX idx_tenant_onboarding_provisioning_status
--          ON tenant_onboarding (tenant_id, status)
--          WHERE provisioning_type is not null
DROP INDEX idx_tenant_onboarding_provisioning_status;

-- loses data: column "provisioning_type" of table "tenant_onboarding"
-- was: provisioning_type provisioning_type
-- loses data: column "provisioning_config" of table "tenant_onboarding"
-- was: provisioning_config jsonb
-- loses data: column "provisioning_steps" of table "tenant_onboarding"
-- was: provisioning_steps jsonb DEFAULT '{}'::jsonb
-- loses data: column "provisioning_metadata" of table "tenant_onboarding"
-- was: provisioning_metadata jsonb
ALTER TABLE tenant_onboarding
    DROP COLUMN provisioning_type,
    DROP COLUMN provisioning_config,
    DROP COLUMN provisioning_steps,
    DROP COLUMN provisioning_metadata;

-- loses data: column "provisioning_status" of table "tenants"
-- was: provisioning_status provisioning_status
-- loses data: column "provisioned_at" of table "tenants"
-- was: provisioned_at timestamp without time zone
-- loses data: column "provisioning_error" of table "tenants"
-- was: provisioning_error text
ALTER TABLE tenants
    DROP COLUMN provisioning_status,
    DROP COLUMN provisioned_at,
    DROP COLUMN provisioning_error;

-- was: CREATE TYPE provisioning_status AS ENUM (
--          'NOT_PROVISIONED', 'PROVISIONING', 'PROVISIONED', 'FAILED', 'PARTIAL'
--      )
DROP TYPE provisioning_status;

-- was: CREATE TYPE provisioning_type AS ENUM ('FULL_POS', 'BASIC', 'CUSTOM')
DROP TYPE provisioning_type;

DELETE FROM schemac_revision WHERE revision = '0002_add_provisioning_fields';
COMMIT;
