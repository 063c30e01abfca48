-- 0006_cascade_client_data: Cascade client data
-- upgrade from 0005_index_vendor_invoices, for PostgreSQL 14 or later; undone by 0006_cascade_client_data.down.sql
-- locks:  accounts ACCESS EXCLUSIVE while it is scanned; bank_transactions ACCESS EXCLUSIVE while it is scanned;
--         clients ACCESS EXCLUSIVE, brief
-- data:   loses none
-- checksum: 02f3932818e49f59 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0006_cascade_client_data builds on 0005_index_vendor_invoices: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0006_cascade_client_data') THEN
        RAISE EXCEPTION USING MESSAGE = '0006_cascade_client_data is already applied (it builds on 0005_index_vendor_invoices)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0005_index_vendor_invoices') THEN
        RAISE EXCEPTION USING MESSAGE = '0006_cascade_client_data builds on 0005_index_vendor_invoices, which is not applied';
    END IF;
END
$$;

-- was: CONSTRAINT accounts_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT
ALTER TABLE accounts
    DROP CONSTRAINT accounts_client_id_fkey,
    ADD CONSTRAINT accounts_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE;

-- was: CONSTRAINT bank_transactions_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT
ALTER TABLE bank_transactions
    DROP CONSTRAINT bank_transactions_client_id_fkey,
    ADD CONSTRAINT bank_transactions_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE;

INSERT INTO schemac_revision (revision, checksum) VALUES ('0006_cascade_client_data', '02f3932818e49f59');
COMMIT;
