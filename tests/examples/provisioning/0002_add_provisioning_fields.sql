-- What the revision promises about the rows that existed.
DO $$ BEGIN
  IF EXISTS (SELECT FROM tenants WHERE provisioning_status IS DISTINCT FROM 'NOT_PROVISIONED') THEN RAISE 'a tenant has no status'; END IF;
  IF EXISTS (SELECT FROM tenant_onboarding WHERE provisioning_steps IS DISTINCT FROM '{}') THEN RAISE 'an onboarding has no steps'; END IF;
END $$;
