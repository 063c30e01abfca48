-- 0002_add_phone_to_users: Add phone to users
-- downgrade to 0001_initial_schema, for PostgreSQL 14 or later; undoes 0002_add_phone_to_users.up.sql
-- locks:  users ACCESS EXCLUSIVE, brief
-- data:   LOSES column "phone" of table "users"
-- checksum: 5e8105a1af88b8a0 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_phone_to_users is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0002_add_phone_to_users') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_phone_to_users is not applied, so the way back to 0001_initial_schema does not start here';
    END IF;
END
$$;

-- loses data: column "phone" of table "users"
-- was: phone character varying(50)
ALTER TABLE users DROP COLUMN phone;

DELETE FROM schemac_revision WHERE revision = '0002_add_phone_to_users';
COMMIT;
