-- 0004_customer_email_required: Customer email required
-- upgrade from 0003_servicecategory_service_category, for PostgreSQL 14 or later; undone by 0004_customer_email_required.down.sql
-- locks:  tenant_demo.customers_customer ACCESS EXCLUSIVE while it is scanned
-- data:   updates rows of tenant_demo.customers_customer; loses none
-- checksum: f5a0a40b05c018d4 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0004_customer_email_required builds on 0003_servicecategory_service_category: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0004_customer_email_required') THEN
        RAISE EXCEPTION USING MESSAGE = '0004_customer_email_required is already applied (it builds on 0003_servicecategory_service_category)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0003_servicecategory_service_category') THEN
        RAISE EXCEPTION USING MESSAGE = '0004_customer_email_required builds on 0003_servicecategory_service_category, which is not applied';
    END IF;
END
$$;

-- before NULL is refused
UPDATE tenant_demo.customers_customer SET email = 'unknown@example.com' WHERE email IS NULL;
ALTER TABLE tenant_demo.customers_customer ALTER COLUMN email SET NOT NULL;

INSERT INTO schemac_revision (revision, checksum) VALUES ('0004_customer_email_required', 'f5a0a40b05c018d4');
COMMIT;
