-- 0004_promote_tenant_admin: Promote tenant admin
-- downgrade to 0003_add_status_to_users, for PostgreSQL 14 or later; undoes 0004_promote_tenant_admin.up.sql
-- locks:  none that others would notice
-- data:   runs: one tenant's administrator; loses none
-- checksum: 5eac49cf0c30af5a of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0004_promote_tenant_admin is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0004_promote_tenant_admin') THEN
        RAISE EXCEPTION USING MESSAGE = '0004_promote_tenant_admin is not applied, so the way back to 0003_add_status_to_users does not start here';
    END IF;
END
$$;

-- one tenant's administrator
-- To the role that new users get: which one it was is not kept.
UPDATE users SET role = 'viewer'
WHERE email = 'admin@example.com'
  AND tenant_id = '00000000-0000-0000-0000-000000000001';

DELETE FROM schemac_revision WHERE revision = '0004_promote_tenant_admin';
COMMIT;
