-- 0001_initial: Initial
-- upgrade from an empty database, for PostgreSQL 14 or later; undone by 0001_initial.down.sql
-- locks:  none that others would notice
-- data:   loses none
-- checksum: 8b73f138449fc647 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE IF NOT EXISTS schemac_revision (
    revision text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

DO $$
BEGIN
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_initial') THEN
        RAISE EXCEPTION USING MESSAGE = '0001_initial is already applied (it builds on nothing)';
    END IF;
END
$$;

CREATE TYPE onboarding_status AS ENUM ('STARTED', 'IN_PROGRESS', 'COMPLETED', 'ABANDONED');

CREATE TABLE tenant_onboarding (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    status onboarding_status DEFAULT 'STARTED' NOT NULL,
    current_step integer DEFAULT 1 NOT NULL,
    answers jsonb DEFAULT '{}'::jsonb NOT NULL,
    completed_at timestamp without time zone,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenant_onboarding_pkey PRIMARY KEY (id),
    CONSTRAINT tenant_onboarding_current_step_check CHECK (current_step between 1 and 20)
);
CREATE INDEX idx_tenant_onboarding_tenant_id ON tenant_onboarding (tenant_id);
COMMENT ON TABLE tenant_onboarding IS 'The answers a tenant gives while signing up.';

CREATE TABLE tenants (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name character varying(255) NOT NULL,
    slug character varying(63) NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenants_pkey PRIMARY KEY (id),
    CONSTRAINT tenants_slug_key UNIQUE (slug),
    CONSTRAINT tenants_slug_check CHECK (slug ~ '^[a-z0-9-]+$')
);
COMMENT ON TABLE tenants IS 'One customer organisation.';

ALTER TABLE tenant_onboarding
    ADD CONSTRAINT tenant_onboarding_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE;

INSERT INTO schemac_revision (revision, checksum) VALUES ('0001_initial', '8b73f138449fc647');
COMMIT;
