-- 0005_cleanup_email_defaults: Mark customers with a placeholder address
-- upgrade from 0004_customer_email_required, for PostgreSQL 14 or later; undone by 0005_cleanup_email_defaults.down.sql
-- locks:  none that others would notice
-- data:   runs: mark placeholder addresses; loses none
-- checksum: d34ffe6abadd1a31 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0005_cleanup_email_defaults builds on 0004_customer_email_required: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0005_cleanup_email_defaults') THEN
        RAISE EXCEPTION USING MESSAGE = '0005_cleanup_email_defaults is already applied (it builds on 0004_customer_email_required)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0004_customer_email_required') THEN
        RAISE EXCEPTION USING MESSAGE = '0005_cleanup_email_defaults builds on 0004_customer_email_required, which is not applied';
    END IF;
END
$$;

-- mark placeholder addresses
UPDATE tenant_demo.customers_customer
SET metadata = metadata || '{"needs_email_update": true}'
WHERE email IN ('noemail@example.com', 'unknown@example.com');

INSERT INTO schemac_revision (revision, checksum) VALUES ('0005_cleanup_email_defaults', 'd34ffe6abadd1a31');
COMMIT;
