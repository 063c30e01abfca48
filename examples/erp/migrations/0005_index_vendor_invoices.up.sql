-- 0005_index_vendor_invoices: Index vendor invoices
-- upgrade from 0004_promote_tenant_admin, for PostgreSQL 14 or later; undone by 0005_index_vendor_invoices.down.sql
-- locks:  vendor_invoices SHARE UPDATE EXCLUSIVE while an index is built
-- data:   loses none
-- checksum: ca17616c8a4d9483 of the statements

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices builds on 0004_promote_tenant_admin: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0005_index_vendor_invoices') THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices is already applied (it builds on 0004_promote_tenant_admin)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0004_promote_tenant_admin') THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices builds on 0004_promote_tenant_admin, which is not applied';
    END IF;
END
$$;

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS ix_vendor_invoices_large;
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_vendor_invoices_large
    ON vendor_invoices (client_id, invoice_date);

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices builds on 0004_promote_tenant_admin: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0005_index_vendor_invoices') THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices is already applied (it builds on 0004_promote_tenant_admin)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0004_promote_tenant_admin') THEN
        RAISE EXCEPTION USING MESSAGE = '0005_index_vendor_invoices builds on 0004_promote_tenant_admin, which is not applied';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('ix_vendor_invoices_large') AND indisvalid) THEN
        RAISE EXCEPTION USING MESSAGE = 'index ix_vendor_invoices_large was not built: run 0005_index_vendor_invoices again';
    END IF;
END
$$;

INSERT INTO schemac_revision (revision, checksum) VALUES ('0005_index_vendor_invoices', 'ca17616c8a4d9483');
COMMIT;
