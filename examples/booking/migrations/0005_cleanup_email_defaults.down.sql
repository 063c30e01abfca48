-- 0005_cleanup_email_defaults: Mark customers with a placeholder address
-- downgrade to 0004_customer_email_required, for PostgreSQL 14 or later; undoes 0005_cleanup_email_defaults.up.sql
-- locks:  none that others would notice
-- data:   runs: mark placeholder addresses; loses none
-- checksum: a96739c50711495a of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0005_cleanup_email_defaults is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0005_cleanup_email_defaults') THEN
        RAISE EXCEPTION USING MESSAGE = '0005_cleanup_email_defaults is not applied, so the way back to 0004_customer_email_required does not start here';
    END IF;
END
$$;

-- mark placeholder addresses
UPDATE tenant_demo.customers_customer
SET metadata = metadata - 'needs_email_update'
WHERE email IN ('noemail@example.com', 'unknown@example.com');

DELETE FROM schemac_revision WHERE revision = '0005_cleanup_email_defaults';
COMMIT;
