-- 0004_customer_email_required: Customer email required
-- downgrade to 0003_servicecategory_service_category, for PostgreSQL 14 or later; undoes 0004_customer_email_required.up.sql
-- locks:  tenant_demo.customers_customer ACCESS EXCLUSIVE, brief
-- data:   loses none
-- checksum: 7f77eb48a9e9639b of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0004_customer_email_required is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0004_customer_email_required') THEN
        RAISE EXCEPTION USING MESSAGE = '0004_customer_email_required is not applied, so the way back to 0003_servicecategory_service_category does not start here';
    END IF;
END
$$;

ALTER TABLE tenant_demo.customers_customer ALTER COLUMN email DROP NOT NULL;

DELETE FROM schemac_revision WHERE revision = '0004_customer_email_required';
COMMIT;
