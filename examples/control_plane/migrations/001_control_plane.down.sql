-- 001_control_plane: Control plane
-- downgrade to an empty database, for PostgreSQL 14 or later; undoes 001_control_plane.up.sql
-- locks:  control_plane.system_config ACCESS EXCLUSIVE, brief; control_plane.tenant_databases ACCESS EXCLUSIVE, brief;
--         control_plane.tenants ACCESS EXCLUSIVE, brief
-- data:   LOSES table "control_plane.system_config"; LOSES table "control_plane.tenant_databases";
--         LOSES table "control_plane.tenants"; LOSES schema "control_plane"
-- checksum: e76cd81f949c5e18 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '001_control_plane is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '001_control_plane') THEN
        RAISE EXCEPTION USING MESSAGE = '001_control_plane is not applied, so the way back to nothing does not start here';
    END IF;
END
$$;

-- loses data: table "control_plane.system_config"
DROP TABLE control_plane.system_config;

-- loses data: table "control_plane.tenant_databases"
DROP TABLE control_plane.tenant_databases;

-- loses data: table "control_plane.tenants"
DROP TABLE control_plane.tenants;

-- was: CREATE FUNCTION control_plane.touch_updated_at() returns trigger language plpgsql as $$
--      begin
--        new.updated_at := now();
--        return new;
--      end
--      $$
DROP FUNCTION control_plane.touch_updated_at();

-- was: CREATE TYPE control_plane.database_status AS ENUM ('active', 'inactive', 'migrating', 'error')
DROP TYPE control_plane.database_status;

-- was: CREATE TYPE control_plane.tenant_environment AS ENUM ('development', 'staging', 'production')
DROP TYPE control_plane.tenant_environment;

-- was: CREATE TYPE control_plane.tenant_status AS ENUM ('active', 'inactive', 'suspended', 'pending')
DROP TYPE control_plane.tenant_status;

-- loses data: schema "control_plane"
DROP SCHEMA control_plane;

DELETE FROM schemac_revision WHERE revision = '001_control_plane';
COMMIT;
