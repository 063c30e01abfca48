-- 0006_cascade_client_data: Cascade client data
-- downgrade to 0005_index_vendor_invoices, for PostgreSQL 14 or later; undoes 0006_cascade_client_data.up.sql
-- locks:  accounts ACCESS EXCLUSIVE while it is scanned; bank_transactions ACCESS EXCLUSIVE while it is scanned;
--         clients ACCESS EXCLUSIVE, brief
-- data:   loses none
-- checksum: c95c764550a2b296 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0006_cascade_client_data is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0006_cascade_client_data') THEN
        RAISE EXCEPTION USING MESSAGE = '0006_cascade_client_data is not applied, so the way back to 0005_index_vendor_invoices does not start here';
    END IF;
END
$$;

-- was: CONSTRAINT accounts_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE
ALTER TABLE accounts
    DROP CONSTRAINT accounts_client_id_fkey,
    ADD CONSTRAINT accounts_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT;

-- was: CONSTRAINT bank_transactions_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE
ALTER TABLE bank_transactions
    DROP CONSTRAINT bank_transactions_client_id_fkey,
    ADD CONSTRAINT bank_transactions_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT;

DELETE FROM schemac_revision WHERE revision = '0006_cascade_client_data';
COMMIT;
