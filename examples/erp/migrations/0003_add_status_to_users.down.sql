-- 0003_add_status_to_users: Add status to users
-- downgrade to 0002_add_phone_to_users, for PostgreSQL 14 or later; undoes 0003_add_status_to_users.up.sql
-- locks:  users ACCESS EXCLUSIVE, brief
-- data:   LOSES column "status" of table "users"
-- checksum: cd574381a69cc8fc of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0003_add_status_to_users is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0003_add_status_to_users') THEN
        RAISE EXCEPTION USING MESSAGE = '0003_add_status_to_users is not applied, so the way back to 0002_add_phone_to_users does not start here';
    END IF;
END
$$;

-- loses data: column "status" of table "users"
-- was: status character varying(20)
ALTER TABLE users DROP COLUMN status;

DELETE FROM schemac_revision WHERE revision = '0003_add_status_to_users';
COMMIT;
