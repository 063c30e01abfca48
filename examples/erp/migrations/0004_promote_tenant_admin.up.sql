-- 0004_promote_tenant_admin: Promote tenant admin
-- upgrade from 0003_add_status_to_users, for PostgreSQL 14 or later; undone by 0004_promote_tenant_admin.down.sql
-- locks:  none that others would notice
-- data:   runs: one tenant's administrator; loses none
-- checksum: 598031192148f719 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0004_promote_tenant_admin builds on 0003_add_status_to_users: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0004_promote_tenant_admin') THEN
        RAISE EXCEPTION USING MESSAGE = '0004_promote_tenant_admin is already applied (it builds on 0003_add_status_to_users)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0003_add_status_to_users') THEN
        RAISE EXCEPTION USING MESSAGE = '0004_promote_tenant_admin builds on 0003_add_status_to_users, which is not applied';
    END IF;
END
$$;

-- one tenant's administrator
-- Never without the tenant: the address may have an account with every firm.
UPDATE users SET role = 'admin'
WHERE email = 'admin@example.com'
  AND tenant_id = '00000000-0000-0000-0000-000000000001';

INSERT INTO schemac_revision (revision, checksum) VALUES ('0004_promote_tenant_admin', '598031192148f719');
COMMIT;
