-- 0003_add_status_to_users: Add status to users
-- upgrade from 0002_add_phone_to_users, for PostgreSQL 14 or later; undone by 0003_add_status_to_users.down.sql
-- locks:  users ACCESS EXCLUSIVE, brief
-- data:   runs: backfill of users; loses none
-- checksum: bc3d317109751644 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0003_add_status_to_users builds on 0002_add_phone_to_users: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0003_add_status_to_users') THEN
        RAISE EXCEPTION USING MESSAGE = '0003_add_status_to_users is already applied (it builds on 0002_add_phone_to_users)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0002_add_phone_to_users') THEN
        RAISE EXCEPTION USING MESSAGE = '0003_add_status_to_users builds on 0002_add_phone_to_users, which is not applied';
    END IF;
END
$$;

ALTER TABLE users ADD COLUMN status character varying(20);

-- backfill of users
UPDATE users SET status = 'active' where is_active;

INSERT INTO schemac_revision (revision, checksum) VALUES ('0003_add_status_to_users', 'bc3d317109751644');
COMMIT;
