-- 0002_add_phone_to_users: Add phone to users
-- upgrade from 0001_initial_schema, for PostgreSQL 14 or later; undone by 0002_add_phone_to_users.down.sql
-- locks:  users ACCESS EXCLUSIVE, brief
-- data:   loses none
-- checksum: 2696be043836b132 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_phone_to_users builds on 0001_initial_schema: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0002_add_phone_to_users') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_phone_to_users is already applied (it builds on 0001_initial_schema)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_initial_schema') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_add_phone_to_users builds on 0001_initial_schema, which is not applied';
    END IF;
END
$$;

ALTER TABLE users ADD COLUMN phone character varying(50);

INSERT INTO schemac_revision (revision, checksum) VALUES ('0002_add_phone_to_users', '2696be043836b132');
COMMIT;
