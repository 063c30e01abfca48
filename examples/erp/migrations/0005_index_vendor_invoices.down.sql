-- 0005_index_vendor_invoices: Index vendor invoices
-- downgrade to 0004_promote_tenant_admin, for PostgreSQL 14 or later; undoes 0005_index_vendor_invoices.up.sql
-- locks:  vendor_invoices SHARE UPDATE EXCLUSIVE, brief
-- data:   loses none
-- checksum: 301e894090d5f54c of the statements

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0005_index_vendor_invoices') THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices is not applied, so the way back to 0004_promote_tenant_admin does not start here';
    END IF;
END
$$;

-- outside of transactions, so run by itself
-- was: CREATE INDEX ix_vendor_invoices_large ON vendor_invoices (client_id, invoice_date)
DROP INDEX CONCURRENTLY IF EXISTS ix_vendor_invoices_large;

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0005_index_vendor_invoices') THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices is not applied, so the way back to 0004_promote_tenant_admin does not start here';
    END IF;
    IF to_regclass('ix_vendor_invoices_large') IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'index ix_vendor_invoices_large was not dropped: run 0005_index_vendor_invoices again';
    END IF;
END
$$;

DELETE FROM schemac_revision WHERE revision = '0005_index_vendor_invoices';
COMMIT;
