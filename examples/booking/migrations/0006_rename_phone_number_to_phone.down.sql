-- 0006_rename_phone_number_to_phone: Rename phone_number to phone
-- downgrade to 0005_cleanup_email_defaults, for PostgreSQL 14 or later; undoes 0006_rename_phone_number_to_phone.up.sql
-- locks:  tenant_demo.customers_customer ACCESS EXCLUSIVE, brief
-- data:   loses none
-- checksum: 670b53714ae97c8f of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0006_rename_phone_number_to_phone is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0006_rename_phone_number_to_phone') THEN
        RAISE EXCEPTION USING MESSAGE = '0006_rename_phone_number_to_phone is not applied, so the way back to 0005_cleanup_email_defaults does not start here';
    END IF;
END
$$;

ALTER TABLE tenant_demo.customers_customer RENAME COLUMN phone TO phone_number;

DELETE FROM schemac_revision WHERE revision = '0006_rename_phone_number_to_phone';
COMMIT;
