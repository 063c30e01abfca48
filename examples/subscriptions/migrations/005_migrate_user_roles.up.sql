-- 005_migrate_user_roles: Migrate user roles to new format
-- upgrade from 004_add_user_preferences, for PostgreSQL 14 or later; undone by 005_migrate_user_roles.down.sql
-- locks:  none that others would notice
-- data:   runs: roles become permissions; loses none
-- checksum: 45131fa6b2cf02ac of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '005_migrate_user_roles builds on 004_add_user_preferences: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '005_migrate_user_roles') THEN
        RAISE EXCEPTION USING MESSAGE = '005_migrate_user_roles is already applied (it builds on 004_add_user_preferences)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '004_add_user_preferences') THEN
        RAISE EXCEPTION USING MESSAGE = '005_migrate_user_roles builds on 004_add_user_preferences, which is not applied';
    END IF;
END
$$;

-- roles become permissions
UPDATE users SET permissions = '{"admin": true, "manage_users": true}' WHERE role = 'admin';
UPDATE users SET permissions = '{"admin": false, "manage_users": false}' WHERE role = 'user';

INSERT INTO schemac_revision (revision, checksum) VALUES ('005_migrate_user_roles', '45131fa6b2cf02ac');
COMMIT;
