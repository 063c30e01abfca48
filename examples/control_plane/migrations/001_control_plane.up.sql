-- 001_control_plane: Control plane
-- upgrade from an empty database, for PostgreSQL 14 or later; undone by 001_control_plane.down.sql
-- locks:  none that others would notice
-- data:   loses none
-- checksum: 45c406b1e5582549 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE IF NOT EXISTS schemac_revision (
    revision text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

DO $$
BEGIN
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '001_control_plane') THEN
        RAISE EXCEPTION USING MESSAGE = '001_control_plane is already applied (it builds on nothing)';
    END IF;
END
$$;

CREATE SCHEMA control_plane;

CREATE TYPE control_plane.database_status AS ENUM ('active', 'inactive', 'migrating', 'error');

CREATE TYPE control_plane.tenant_environment AS ENUM ('development', 'staging', 'production');

CREATE TYPE control_plane.tenant_status AS ENUM ('active', 'inactive', 'suspended', 'pending');

CREATE FUNCTION control_plane.touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

CREATE TABLE control_plane.system_config (
    key character varying NOT NULL,
    value jsonb DEFAULT '{}'::jsonb NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT system_config_pkey PRIMARY KEY (key)
);
COMMENT ON TABLE control_plane.system_config IS 'Settings for the whole platform.';
CREATE TRIGGER touch_updated_at before update ON control_plane.system_config for each row execute function control_plane.touch_updated_at();

CREATE TABLE control_plane.tenant_databases (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    connection_string_encrypted text NOT NULL,
    database_name character varying NOT NULL,
    host character varying NOT NULL,
    port integer DEFAULT 5432 NOT NULL,
    status control_plane.database_status DEFAULT 'active' NOT NULL,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenant_databases_pkey PRIMARY KEY (id),
    CONSTRAINT tenant_databases_port_check CHECK (port between 1 and 65535)
);
CREATE INDEX idx_tenant_databases_status ON control_plane.tenant_databases (status);
CREATE INDEX idx_tenant_databases_tenant_id ON control_plane.tenant_databases (tenant_id);
COMMENT ON TABLE control_plane.tenant_databases IS 'A database that belongs to a tenant.';
COMMENT ON COLUMN control_plane.tenant_databases.connection_string_encrypted IS 'Encrypted by the application; never the plain string.';
CREATE TRIGGER touch_updated_at before update ON control_plane.tenant_databases for each row execute function control_plane.touch_updated_at();

CREATE TABLE control_plane.tenants (
    tenant_id uuid DEFAULT gen_random_uuid() NOT NULL,
    name character varying NOT NULL,
    environment control_plane.tenant_environment DEFAULT 'development' NOT NULL,
    status control_plane.tenant_status DEFAULT 'pending' NOT NULL,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT tenants_name_key UNIQUE (name)
);
CREATE INDEX idx_tenants_status ON control_plane.tenants (status);
COMMENT ON TABLE control_plane.tenants IS 'One customer of the platform.';
CREATE TRIGGER touch_updated_at before update ON control_plane.tenants for each row execute function control_plane.touch_updated_at();

ALTER TABLE control_plane.tenant_databases
    ADD CONSTRAINT tenant_databases_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES control_plane.tenants (tenant_id) ON DELETE CASCADE;

INSERT INTO schemac_revision (revision, checksum) VALUES ('001_control_plane', '45c406b1e5582549');
COMMIT;
