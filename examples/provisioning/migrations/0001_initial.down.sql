-- 0001_initial: Initial
-- downgrade to an empty database, for PostgreSQL 14 or later; undoes 0001_initial.up.sql
-- locks:  tenant_onboarding ACCESS EXCLUSIVE, brief; tenants ACCESS EXCLUSIVE, brief
-- data:   LOSES table "tenant_onboarding"; LOSES table "tenants"
-- checksum: 5596c53578f538b4 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0001_initial is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_initial') THEN
        RAISE EXCEPTION USING MESSAGE = '0001_initial is not applied, so the way back to nothing does not start here';
    END IF;
END
$$;

-- loses data: table "tenant_onboarding"
DROP TABLE tenant_onboarding;

-- loses data: table "tenants"
DROP TABLE tenants;

-- was: CREATE TYPE onboarding_status AS ENUM ('STARTED', 'IN_PROGRESS', 'COMPLETED', 'ABANDONED')
DROP TYPE onboarding_status;

DELETE FROM schemac_revision WHERE revision = '0001_initial';
COMMIT;
