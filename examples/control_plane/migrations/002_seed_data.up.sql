-- 002_seed_data: Seed data
-- upgrade from 001_control_plane, for PostgreSQL 14 or later; undone by 002_seed_data.down.sql
-- locks:  none that others would notice
-- data:   adds rows to control_plane.tenants; loses none
-- checksum: 9db076d23bf602c8 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '002_seed_data builds on 001_control_plane: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '002_seed_data') THEN
        RAISE EXCEPTION USING MESSAGE = '002_seed_data is already applied (it builds on 001_control_plane)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '001_control_plane') THEN
        RAISE EXCEPTION USING MESSAGE = '002_seed_data builds on 001_control_plane, which is not applied';
    END IF;
END
$$;

INSERT INTO control_plane.tenants (environment, name, status)
    VALUES ('production', 'system_admin', 'active')
    ON CONFLICT (name) DO NOTHING;

INSERT INTO schemac_revision (revision, checksum) VALUES ('002_seed_data', '9db076d23bf602c8');
COMMIT;
