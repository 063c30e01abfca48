-- 004_add_user_preferences: Add user_preferences table with notification settings
-- downgrade to 003, for PostgreSQL 14 or later; undoes 004_add_user_preferences.up.sql
-- locks:  user_preferences ACCESS EXCLUSIVE, brief; users ACCESS EXCLUSIVE, brief
-- data:   LOSES table "user_preferences"
-- checksum: 99759c38a52af951 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '004_add_user_preferences is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '004_add_user_preferences') THEN
        RAISE EXCEPTION USING MESSAGE = '004_add_user_preferences is not applied, so the way back to 003 does not start here';
    END IF;
END
$$;

-- loses data: table "user_preferences"
DROP TABLE user_preferences;

DELETE FROM schemac_revision WHERE revision = '004_add_user_preferences';
COMMIT;
