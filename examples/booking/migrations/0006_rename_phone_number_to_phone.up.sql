-- 0006_rename_phone_number_to_phone: Rename phone_number to phone
-- upgrade from 0005_cleanup_email_defaults, for PostgreSQL 14 or later; undone by 0006_rename_phone_number_to_phone.down.sql
-- locks:  tenant_demo.customers_customer ACCESS EXCLUSIVE, brief
-- data:   loses none
-- checksum: 80f0a190659c45ad of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0006_rename_phone_number_to_phone builds on 0005_cleanup_email_defaults: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0006_rename_phone_number_to_phone') THEN
        RAISE EXCEPTION USING MESSAGE = '0006_rename_phone_number_to_phone is already applied (it builds on 0005_cleanup_email_defaults)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0005_cleanup_email_defaults') THEN
        RAISE EXCEPTION USING MESSAGE = '0006_rename_phone_number_to_phone builds on 0005_cleanup_email_defaults, which is not applied';
    END IF;
END
$$;

ALTER TABLE tenant_demo.customers_customer RENAME COLUMN phone_number TO phone;

INSERT INTO schemac_revision (revision, checksum) VALUES ('0006_rename_phone_number_to_phone', '80f0a190659c45ad');
COMMIT;
