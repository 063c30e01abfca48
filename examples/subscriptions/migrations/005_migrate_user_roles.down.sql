-- 005_migrate_user_roles: Migrate user roles to new format
-- downgrade to 004_add_user_preferences, for PostgreSQL 14 or later; undoes 005_migrate_user_roles.up.sql
-- locks:  none that others would notice
-- data:   runs: roles become permissions; loses none
-- checksum: bbdba2abd8d12235 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '005_migrate_user_roles is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '005_migrate_user_roles') THEN
        RAISE EXCEPTION USING MESSAGE = '005_migrate_user_roles is not applied, so the way back to 004_add_user_preferences does not start here';
    END IF;
END
$$;

-- roles become permissions
UPDATE users SET role = 'admin' WHERE permissions ->> 'admin' = 'true';
UPDATE users SET role = 'user' WHERE permissions ->> 'admin' = 'false';

DELETE FROM schemac_revision WHERE revision = '005_migrate_user_roles';
COMMIT;
