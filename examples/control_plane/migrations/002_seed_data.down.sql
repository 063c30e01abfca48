-- 002_seed_data: Seed data
-- downgrade to 001_control_plane, for PostgreSQL 14 or later; undoes 002_seed_data.up.sql
-- locks:  none that others would notice
-- data:   DELETES rows of control_plane.tenants
-- checksum: 9eb08e31e83be003 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '002_seed_data is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '002_seed_data') THEN
        RAISE EXCEPTION USING MESSAGE = '002_seed_data is not applied, so the way back to 001_control_plane does not start here';
    END IF;
END
$$;

DELETE FROM control_plane.tenants WHERE name = 'system_admin';

DELETE FROM schemac_revision WHERE revision = '002_seed_data';
COMMIT;
