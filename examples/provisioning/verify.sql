-- What the revision 0002_add_provisioning_fields must have left behind. Runs in any SQL editor, one statement at a time or all at once.

-- The new columns: four of tenant_onboarding, three of tenants.
SELECT table_name, column_name, data_type, column_default
FROM information_schema.columns
WHERE table_name IN ('tenant_onboarding', 'tenants') AND column_name LIKE 'provision%'
ORDER BY table_name, ordinal_position;

-- The indexes: idx_tenant_onboarding_provisioning_status and idx_tenants_provisioning_status.
SELECT indexname, tablename
FROM pg_indexes
WHERE tablename IN ('tenant_onboarding', 'tenants') AND indexname LIKE '%provisioning%'
ORDER BY indexname;

-- Rows without the values that the revision promises: both counts are 0.
SELECT
    (SELECT count(*) FROM tenants WHERE provisioning_status IS NULL) AS tenants_without_status,
    (SELECT count(*) FROM tenant_onboarding WHERE provisioning_steps IS NULL) AS onboardings_without_steps;

-- The revisions that are applied, in order.
SELECT revision, applied_at FROM schemac_revision ORDER BY applied_at;
